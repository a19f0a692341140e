/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What vy-crypt-module.c does: hashing passwords. */
#pragma once

#include "vy-error.h"

/* A SHA-512 hash with a new salt, as /etc/shadow has it; NULL with an error. */
#define VY_CRYPT_HASH "vy_crypt_hash"
typedef char *(*VyCryptHash) (const char *password, GError **error);
