/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Installations without questions: what the answers are. */
#pragma once

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VyUnattendedSettings:
 * @profile: (nullable): "desktop", "jeos"; "desktop" if there is one
 * @user_login: (nullable): name of the first user, not "root"
 * @user_password_file: (nullable): file whose first line is the user's password
 * @admin_password_file: (nullable): file whose first line is the administrator's password
 * @product_key: (nullable): key of the product
 * @reg_login: (nullable): login for its registration
 * @language: (nullable): language of the system, as "en_GB"
 *
 * What an installer is told instead of its asking.
 */
typedef struct {
    const char *profile;
    const char *user_login;
    const char *user_password_file;
    const char *admin_password_file;
    const char *product_key;
    const char *reg_login;
    const char *language;
} VyUnattendedSettings;

G_END_DECLS
