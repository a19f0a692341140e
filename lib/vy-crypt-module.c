/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The only file that knows libcrypt: hashes of passwords. */
#include <crypt.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "vy-crypt-private.h"
#include "vy-i18n-private.h"

VY_API char *vy_crypt_hash (const char *password, GError **error);

/* SHA-512: every system that cloud-init runs on takes it, which is not so of yescrypt. */
char *
vy_crypt_hash (const char *password, GError **error)
{
    char *salt = crypt_gensalt_ra ("$6$", 0, NULL, 0);
    void *scratch = NULL;
    int size = 0;
    char *hash = salt ? crypt_ra (password, salt, &scratch, &size) : NULL;
    char *copy = g_strdup (hash);

    if (!copy)
        vy_throw_errno (error, errno, _ ("cannot hash a password"));
    if (scratch)
        explicit_bzero (scratch, (size_t) size);
    free (scratch);
    free (salt);
    return copy;
}
