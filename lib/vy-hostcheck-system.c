/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host check: sshd and package repositories. */
#include "vy-hostcheck-private.h"

#include <string.h>

#include "vy-i18n-private.h"

static void
look_sshd (const VyCheckContext *context, VyCheck *check)
{
    g_autofree char *text = vy_check_read (context, "etc/ssh/sshd_config");
    g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);
    gboolean yes = FALSE;

    if (!text) {
        vy_check_answer (check, VY_CHECK_SKIP, _ ("no /etc/ssh/sshd_config"));
        return;
    }
    for (char **line = lines; *line; line++) {
        g_auto (GStrv) words = g_strsplit_set (g_strstrip (*line), " \t=", 2);

        if (words[0] && words[1] && g_ascii_strcasecmp (words[0], "UseDNS") == 0) {
            yes = g_ascii_strcasecmp (g_strstrip (words[1]), "yes") == 0;
            break; /* sshd_config(5): the first value counts */
        }
    }
    vy_check_answer (check, yes ? VY_CHECK_WARN : VY_CHECK_OK,
                     yes ? _ ("UseDNS yes: logins wait for the names of their clients")
                         : _ ("UseDNS no"));
    if (yes)
        vy_check_fix (check, "virtyard host prepare sshd");
}

static guint
count_sources (const VyCheckContext *context, const char *dir)
{
    g_auto (GStrv) names = vy_check_list (context, dir, "");

    return g_strv_length (names);
}

static void
look_repositories (const VyCheckContext *context, VyCheck *check)
{
    static const char *const dirs[] = { "etc/apt/sources.list.d", "etc/yum.repos.d",
                                        "etc/zypp/repos.d" };
    g_autofree char *list = vy_check_read (context, "etc/apt/sources.list");
    guint count = list && strstr (list, "deb ") ? 1 : 0;

    for (gsize i = 0; i < G_N_ELEMENTS (dirs); i++)
        count += count_sources (context, dirs[i]);
    if (count) {
        vy_check_answer (check, VY_CHECK_OK, _ ("%u configured"), count);
        return;
    }
    vy_check_answer (check, VY_CHECK_WARN, _ ("no package repository is configured"));
    vy_check_fix (check, "virtyard host prepare local-repo --local-repo ISO");
}

const VyCheckRow vy_checks_system[] = {
    { "sshd", "system", look_sshd },
    { "repositories", "system", look_repositories },
    { 0 },
};
