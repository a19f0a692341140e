/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names of keys. */
#pragma once

#include "virsh.h"

typedef struct {
    const char *name;
    unsigned code;
} VirshKeyName;

enum { VIRSH_KEY_SETS = VIR_KEYCODE_SET_QNUM + 1 };

/* By VIR_KEYCODE_SET_*: each is ended by a row without a name; NULL: there are none. */
extern const VirshKeyName *const virsh_key_names[VIRSH_KEY_SETS];

/* The number of a codeset's name, NULL: linux. FALSE: there is none of that name. */
gboolean virsh_key_set (const char *name, int *codeset);
