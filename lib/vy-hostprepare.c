/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Making a machine a KVM host: the table of steps; services and sshd. */
#include "vy-hostprepare-private.h"

#include <string.h>

#include "vy-hoststeps-private.h"
#include "vy-i18n-private.h"
#include "vy-process.h"

/* ---- services
 * -------------------------------------------------------------------------- */

static gboolean
is_live (const VyPrepare *prepare)
{
    return strcmp (prepare->root, "/") == 0;
}

static gboolean
exists (const VyPrepare *prepare, const char *path)
{
    g_autofree char *full = g_build_filename (prepare->root, path, NULL);

    return g_file_test (full, G_FILE_TEST_EXISTS);
}

static gboolean
unit_exists (const VyPrepare *prepare, const char *unit)
{
    static const char *const dirs[] = { "usr/lib/systemd/system", "lib/systemd/system",
                                        "etc/systemd/system" };

    for (gsize i = 0; i < G_N_ELEMENTS (dirs); i++) {
        g_autofree char *path = g_build_filename (dirs[i], unit, NULL);

        if (exists (prepare, path))
            return TRUE;
    }
    return FALSE;
}

/* Whether steps were named, rather than all that the host can have. */
static gboolean
is_chosen (const VyPrepare *prepare)
{
    return prepare->steps && prepare->steps[0];
}

/* The unit's words for systemctl; below another root only links are made. */
static void
add_enable (VyPlan *plan, const VyPrepare *prepare, const char *unit)
{
    g_autofree char *root = g_strconcat ("--root=", prepare->root, NULL);
    g_autofree char *what = g_strdup_printf (_ ("enable and start %s"), unit);
    const char *live[] = { "systemctl", "enable", "--now", unit, NULL };
    const char *live_undo[] = { "systemctl", "disable", "--now", unit, NULL };
    const char *other[] = { "systemctl", root, "enable", unit, NULL };
    const char *other_undo[] = { "systemctl", root, "disable", unit, NULL };
    const char *asked[] = { "systemctl", is_live (prepare) ? "--quiet" : root,
                            "is-enabled", unit, NULL };

    if (vy_process_run (asked, NULL, NULL, NULL))
        return;
    vy_hoststeps_command (plan, is_live (prepare) ? live : other,
                          is_live (prepare) ? live_undo : other_undo, what);
}

static gboolean
add_services (VyPlan *plan, const VyPrepare *prepare, GError **error)
{
    static const char *const modular[] = { "virtqemud.socket", "virtnetworkd.socket",
                                           "virtstoraged.socket", "virtnodedevd.socket" };

    if (is_live (prepare) && !exists (prepare, "run/systemd/system")) {
        if (exists (prepare, "run/libvirt/libvirt-sock"))
            return TRUE;
        vy_throw (error, VY_ERROR_UNSUPPORTED,
                  _ ("systemd does not run here, so no service can be enabled"));
        vy_error_set_hint (error,
                           _ ("start the daemons by hand: virtlogd -d; libvirtd -d"));
        return FALSE;
    }
    if (unit_exists (prepare, "virtqemud.socket") &&
        !unit_exists (prepare, "libvirtd.service")) {
        for (gsize i = 0; i < G_N_ELEMENTS (modular); i++)
            add_enable (plan, prepare, modular[i]);
    } else {
        add_enable (plan, prepare, "libvirtd.service");
    }
    return TRUE;
}

static gboolean
add_desktop_target (VyPlan *plan, const VyPrepare *prepare)
{
    g_autofree char *root = g_strconcat ("--root=", prepare->root, NULL);
    const char *argv[] = { "systemctl", root, "set-default", "graphical.target", NULL };
    g_autofree char *link =
        g_build_filename (prepare->root, "etc/systemd/system/default.target", NULL);
    g_autofree char *target = g_file_read_link (link, NULL);
    g_autofree char *before = target ? g_path_get_basename (target) : NULL;
    const char *back[] = { "systemctl", root, "set-default", before, NULL };
    const char *remove[] = { "rm", "-f", link, NULL };

    if (g_strcmp0 (before, "graphical.target") != 0)
        vy_hoststeps_command (plan, argv, before ? back : remove,
                              _ ("boot into the desktop"));
    return TRUE;
}

/* ---- sshd
 * -------------------------------------------------------------------------------- */

/* Whether a line is "KEYWORD …", commented out or not. */
static gboolean
line_is (const char *line, const char *keyword, gboolean *commented)
{
    gsize length = strlen (keyword);

    while (*line == ' ' || *line == '\t')
        line++;
    *commented = *line == '#';
    if (*commented)
        line++;
    return g_ascii_strncasecmp (line, keyword, length) == 0 &&
           (line[length] == ' ' || line[length] == '\t' || line[length] == '=');
}

/* Edits as a person would: the first line about it is changed, else the commented one is
 * replaced, else it goes before the first Match block. */
static char *
set_sshd_option (const char *text, const char *keyword, const char *value)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    g_autoptr (GPtrArray) out = g_ptr_array_new ();
    g_autofree char *wanted = g_strdup_printf ("%s %s", keyword, value);
    guint active = G_MAXUINT, comment = G_MAXUINT, match = G_MAXUINT;

    for (guint i = 0; lines[i]; i++) {
        gboolean commented, ignored;

        if (line_is (lines[i], "Match", &ignored) && !ignored && match == G_MAXUINT)
            match = i;
        else if (match == G_MAXUINT && line_is (lines[i], keyword, &commented)) {
            if (!commented && active == G_MAXUINT)
                active = i;
            else if (commented && comment == G_MAXUINT)
                comment = i;
        }
    }
    for (guint i = 0; lines[i]; i++) {
        gboolean last_blank = lines[i + 1] == NULL && *lines[i] == '\0';
        gboolean replace =
            i == active || (active == G_MAXUINT && i == comment && comment != G_MAXUINT);
        gboolean insert = active == G_MAXUINT && comment == G_MAXUINT &&
                          (match == G_MAXUINT ? last_blank : i == match);

        if (insert)
            g_ptr_array_add (out, wanted);
        g_ptr_array_add (out, replace ? wanted : lines[i]);
    }
    g_ptr_array_add (out, NULL);
    return g_strjoinv ("\n", (char **) out->pdata);
}

static gboolean
add_sshd (VyPlan *plan, const VyPrepare *prepare, GError **error)
{
    g_autofree char *path = g_build_filename (prepare->root, "etc/ssh/sshd_config", NULL);
    g_autofree char *text = NULL;
    g_autofree char *edited = NULL;
    const char *test[] = { "sshd", "-t", "-f", path, NULL };
    const char *reload[] = { "systemctl", "reload-or-restart", "sshd", NULL };
    VyStepRecord *record;

    if (!g_file_get_contents (path, &text, NULL, NULL)) /* a host needs none */
        return !is_chosen (prepare) ||
               vy_throw (error, VY_ERROR_NOT_FOUND,
                         _ ("cannot read '%s': is the ssh server installed?"), path);
    if (!g_str_has_suffix (text, "\n")) {
        char *whole = g_strconcat (text, "\n", NULL);

        g_free (text);
        text = whole;
    }
    edited = set_sshd_option (text, "UseDNS", "no");
    record = vy_hoststeps_replace_text (plan, path, edited,
                                        _ ("set UseDNS no in sshd_config"));
    if (!record)
        return TRUE;
    vy_step_record_set (record, "backup", "yes");
    if (!is_live (prepare))
        return TRUE;
    vy_hoststeps_command (plan, test, NULL, _ ("validate sshd_config"));
    if (exists (prepare, "run/systemd/system"))
        vy_hoststeps_command (plan, reload, reload, _ ("reload sshd"));
    return TRUE;
}

/* ---- the table
 * ------------------------------------------------------------------------------ */

static gboolean
add_packages (VyPlan *plan, const VyPrepare *prepare, GError **error)
{
    return vy_packages_add_steps (plan, prepare, error) &&
           (!prepare->desktop || add_desktop_target (plan, prepare));
}

static const struct {
    const char *name;
    gboolean standard;
    gboolean (*add) (VyPlan *plan, const VyPrepare *prepare, GError **error);
} steps[] = {
    { "local-repo", FALSE, vy_packages_add_repository },
    { "packages", TRUE, add_packages },
    { "services", TRUE, add_services },
    { "sshd", TRUE, add_sshd },
    { "network", TRUE, vy_prepare_add_network },
    { "pool", TRUE, vy_prepare_add_pool },
};

const char *const *
vy_hostprepare_steps (void)
{
    static const char *names[G_N_ELEMENTS (steps) + 1];

    for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
        names[i] = steps[i].name;
    return names;
}

static gboolean
check_names (const VyPrepare *prepare, GError **error)
{
    const char *const *names = vy_hostprepare_steps ();
    g_autofree char *list = g_strjoinv (", ", (char **) names);

    for (gsize i = 0; prepare->steps && prepare->steps[i]; i++)
        if (!g_strv_contains (names, prepare->steps[i]))
            return vy_throw (error, VY_ERROR_USAGE, _ ("unknown step '%s': there are %s"),
                             prepare->steps[i], list);
    return TRUE;
}

VyPlan *
vy_hostprepare_plan (const VyPrepare *prepare, GError **error)
{
    g_autoptr (VyPlan) plan =
        vy_plan_new (_ ("prepare the host"), NULL, (gpointer) prepare);

    if (!check_names (prepare, error))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
        gboolean wanted = is_chosen (prepare)
                              ? g_strv_contains (prepare->steps, steps[i].name)
                              : steps[i].standard;

        if (strcmp (steps[i].name, "local-repo") == 0)
            wanted |= prepare->local_repo != NULL;
        if (wanted && !steps[i].add (plan, prepare, error))
            return NULL;
    }
    return g_steal_pointer (&plan);
}
