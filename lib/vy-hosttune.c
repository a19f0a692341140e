/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings of the running host that guests feel, and of its next boot. */
#include "vy-hosttune.h"

#include <errno.h>
#include <string.h>

#include "vy-hoststeps-private.h"
#include "vy-i18n-private.h"
#include "vy-units.h"

typedef enum { PERSIST_TMPFILES, PERSIST_SYSCTL } Persist;

/* A setting that is one word in one file; words may have other names. */
typedef struct {
    const char *name;
    const char *path;
    const char *words[8][2]; /* what is typed, what is written */
    Persist persist;
} Setting;

static const Setting simple[] = {
    { "ksm",
      "sys/kernel/mm/ksm/run",
      { { "on", "1" }, { "off", "0" } },
      PERSIST_TMPFILES },
    { "thp",
      "sys/kernel/mm/transparent_hugepage/enabled",
      { { "always", "always" }, { "madvise", "madvise" }, { "never", "never" } },
      PERSIST_TMPFILES },
    { "overcommit",
      "proc/sys/vm/overcommit_memory",
      { { "heuristic", "0" },
        { "always", "1" },
        { "never", "2" },
        { "0", "0" },
        { "1", "1" },
        { "2", "2" } },
      PERSIST_SYSCTL },
};

static const VyTuneInfo infos[] = {
    { "ksm", "on|off", N_ ("merge equal memory pages of guests") },
    { "thp", "always|madvise|never", N_ ("transparent huge pages") },
    { "overcommit", "heuristic|always|never",
      N_ ("whether more memory may be promised than there is") },
    { "hugepages", "SIZE:COUNT[:NODE]", N_ ("pages in a pool of huge pages") },
};

const VyTuneInfo *
vy_hosttune_list (gsize *n_settings)
{
    *n_settings = G_N_ELEMENTS (infos);
    return infos;
}

/* What the plan is being made of. */
typedef struct {
    const char *root;
    VyPlan *plan;
    GString *sysctl;
    GString *tmpfiles;
} Tune;

static void
remember (Tune *tune, Persist persist, const char *path, const char *value)
{
    if (persist == PERSIST_SYSCTL) {
        g_autofree char *key = g_strdup (path + strlen ("proc/sys/"));

        g_string_append_printf (tune->sysctl, "%s = %s\n", g_strdelimit (key, "/", '.'),
                                value);
    } else {
        g_string_append_printf (tune->tmpfiles, "w /%s - - - - %s\n", path, value);
    }
}

/* The value in force: "always [madvise] never" is "madvise". */
static char *
current_value (const char *file)
{
    g_autofree char *text = NULL;
    const char *open, *close;

    if (!g_file_get_contents (file, &text, NULL, NULL))
        return NULL;
    open = strchr (text, '[');
    close = open ? strchr (open, ']') : NULL;
    return close ? g_strndup (open + 1, (gsize) (close - open - 1))
                 : g_strdup (g_strchomp (text));
}

static gboolean
add_value (Tune *tune, Persist persist, const char *path, const char *value,
           GError **error)
{
    g_autofree char *file = g_build_filename (tune->root, path, NULL);
    g_autofree char *before = current_value (file);
    g_autofree char *what = NULL;
    VyStepRecord *record;

    if (!before)
        return vy_throw (error, VY_ERROR_UNSUPPORTED,
                         _ ("this host has no '%s', or it cannot be read"), file);
    remember (tune, persist, path, value);
    if (strcmp (before, value) == 0)
        return TRUE;
    what = g_strdup_printf (_ ("write %s to %s (now %s)"), value, file, before);
    record = vy_plan_add (tune->plan, &vy_step_setting_write, what);
    vy_step_record_set (record, "path", file);
    vy_step_record_set (record, "value", value);
    vy_step_record_set (record, "before", before);
    return TRUE;
}

static gboolean
add_simple (Tune *tune, const Setting *setting, const char *word, GError **error)
{
    g_autoptr (GString) valid = g_string_new ("");

    for (gsize i = 0; i < G_N_ELEMENTS (setting->words) && setting->words[i][0]; i++) {
        if (strcmp (setting->words[i][0], word) == 0)
            return add_value (tune, setting->persist, setting->path, setting->words[i][1],
                              error);
        g_string_append_printf (valid, "%s%s", i ? ", " : "", setting->words[i][0]);
    }
    return vy_throw (error, VY_ERROR_INVALID,
                     _ ("'%s' is not a value of %s: use one of %s"), word, setting->name,
                     valid->str);
}

static gboolean
add_hugepages (Tune *tune, const char *text, GError **error)
{
    g_auto (GStrv) parts = g_strsplit (text, ":", 3);
    g_autofree char *path = NULL;
    g_autofree char *number = NULL;
    guint64 size = 0, count, node = 0;

    if (g_strv_length (parts) < 2)
        return vy_throw (error, VY_ERROR_INVALID,
                         _ ("'%s' is not SIZE:COUNT or SIZE:COUNT:NODE, such as 2M:512"),
                         text);
    if (!vy_size_parse (parts[0], 1024, &size, error) ||
        !vy_number_parse (parts[1], G_MAXUINT32, &count, error) ||
        (parts[2] && !vy_number_parse (parts[2], 1023, &node, error)))
        return FALSE;
    path = parts[2]
               ? g_strdup_printf ("sys/devices/system/node/node%u/hugepages/"
                                  "hugepages-%" G_GUINT64_FORMAT "kB/nr_hugepages",
                                  (guint) node, size / 1024)
               : g_strdup_printf ("sys/kernel/mm/hugepages/hugepages-%" G_GUINT64_FORMAT
                                  "kB/nr_hugepages",
                                  size / 1024);
    number = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
    return add_value (tune, PERSIST_TMPFILES, path, number, error);
}

static gboolean
add_setting (Tune *tune, const char *text, GError **error)
{
    const char *equals = strchr (text, '=');
    g_autofree char *name = equals ? g_strndup (text, (gsize) (equals - text)) : NULL;

    if (!name)
        return vy_throw (error, VY_ERROR_USAGE, _ ("'%s' is not NAME=VALUE"), text);
    for (gsize i = 0; i < G_N_ELEMENTS (simple); i++)
        if (strcmp (simple[i].name, name) == 0)
            return add_simple (tune, &simple[i], equals + 1, error);
    if (strcmp (name, "hugepages") == 0)
        return add_hugepages (tune, equals + 1, error);
    return vy_throw (
        error, VY_ERROR_USAGE,
        _ ("unknown setting '%s': there are ksm, thp, overcommit, hugepages"), name);
}

static gboolean
add_persistence (Tune *tune, GError **error)
{
    const struct {
        const char *path;
        GString *text;
    } files[] = { { "etc/sysctl.d/90-virtyard.conf", tune->sysctl },
                  { "etc/tmpfiles.d/virtyard.conf", tune->tmpfiles } };

    for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
        g_autofree char *file = g_build_filename (tune->root, files[i].path, NULL);

        if (files[i].text->len &&
            !vy_hoststeps_merge_file (tune->plan, file, files[i].text->str, error))
            return FALSE;
    }
    return TRUE;
}

VyPlan *
vy_hosttune_plan (const char *root, const char *const *settings, gboolean persist,
                  GError **error)
{
    g_autoptr (VyPlan) plan = vy_plan_new (_ ("tune the host"), NULL, NULL);
    g_autoptr (GString) sysctl = g_string_new ("");
    g_autoptr (GString) tmpfiles = g_string_new ("");
    Tune tune = { root, plan, sysctl, tmpfiles };

    for (gsize i = 0; settings[i]; i++)
        if (!add_setting (&tune, settings[i], error))
            return NULL;
    if (persist && !add_persistence (&tune, error))
        return NULL;
    return g_steal_pointer (&plan);
}
