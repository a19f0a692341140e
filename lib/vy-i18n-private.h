/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Marks of text that is translated; the domain is "virtyard". */
#pragma once

#define GETTEXT_PACKAGE "virtyard"
#include <glib/gi18n-lib.h>
