/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host check: the tables in order, and what their rows share. */
#include "vy-hostcheck-private.h"

#include <string.h>

#include "vy-i18n-private.h"

static const VyCheckRow *const tables[] = {
    vy_checks_cpu,     vy_checks_memory, vy_checks_libvirt,
    vy_checks_network, vy_checks_system,
};

static const char *const state_names[] = { "ok", "warn", "fail", "skip" };

void
vy_check_free (gpointer data)
{
    VyCheck *check = data;

    g_free (check->detail);
    g_free (check->fix);
    g_free (check);
}

char *
vy_check_read (const VyCheckContext *context, const char *path)
{
    g_autofree char *full = g_build_filename (context->root, path, NULL);
    char *text = NULL;

    return g_file_get_contents (full, &text, NULL, NULL) ? g_strchomp (text) : NULL;
}

guint64
vy_check_read_number (const VyCheckContext *context, const char *path)
{
    g_autofree char *text = vy_check_read (context, path);

    return text ? g_ascii_strtoull (text, NULL, 10) : 0;
}

gboolean
vy_check_exists (const VyCheckContext *context, const char *path)
{
    g_autofree char *full = g_build_filename (context->root, path, NULL);

    return g_file_test (full, G_FILE_TEST_EXISTS);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
vy_check_list (const VyCheckContext *context, const char *path, const char *prefix)
{
    g_autofree char *full = g_build_filename (context->root, path, NULL);
    g_autoptr (GDir) dir = g_dir_open (full, 0, NULL);
    GPtrArray *names = g_ptr_array_new ();
    const char *name;

    while (dir && (name = g_dir_read_name (dir)))
        if (g_str_has_prefix (name, prefix))
            g_ptr_array_add (names, g_strdup (name));
    g_ptr_array_sort (names, compare_names);
    g_ptr_array_add (names, NULL);
    return (GStrv) g_ptr_array_free (names, FALSE);
}

void
vy_check_answer (VyCheck *check, VyCheckState state, const char *format, ...)
{
    va_list args;

    check->state = state;
    check->state_name = state_names[state];
    g_free (check->detail);
    va_start (args, format);
    check->detail = g_strdup_vprintf (format, args);
    va_end (args);
}

void
vy_check_fix (VyCheck *check, const char *format, ...)
{
    va_list args;

    g_free (check->fix);
    va_start (args, format);
    check->fix = g_strdup_vprintf (format, args);
    va_end (args);
}

static gboolean
is_wanted (const VyCheckRow *row, const char *const *only)
{
    return !only || !*only || g_strv_contains (only, row->name) ||
           g_strv_contains (only, row->group);
}

static VyCheck *
look (const VyCheckContext *context, const VyCheckRow *row)
{
    VyCheck *check = g_new0 (VyCheck, 1);

    check->name = row->name;
    check->group = row->group;
    if (row->needs_connection && !context->conn)
        vy_check_answer (check, VY_CHECK_SKIP, _ ("needs a connection to libvirt"));
    else
        row->look (context, check);
    return check;
}

GPtrArray *
vy_hostcheck_run (const char *root, virConnectPtr conn, const char *const *only,
                  GError **error)
{
    g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (vy_check_free);
    VyCheckContext context = { root, strcmp (root, "/") == 0, conn };

    for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
        for (const VyCheckRow *row = tables[i]; row->name; row++)
            if (is_wanted (row, only))
                g_ptr_array_add (checks, look (&context, row));
    if (checks->len == 0) {
        g_auto (GStrv) names = vy_hostcheck_names ();
        g_autofree char *list = g_strjoinv (", ", names);

        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no check '%s'"), only[0]);
        vy_error_set_hint (error, _ ("the checks are: %s"), list);
        return NULL;
    }
    return g_steal_pointer (&checks);
}

guint
vy_hostcheck_count (GPtrArray *checks, VyCheckState state)
{
    guint count = 0;

    for (guint i = 0; i < checks->len; i++)
        count += ((const VyCheck *) g_ptr_array_index (checks, i))->state == state;
    return count;
}

GStrv
vy_hostcheck_names (void)
{
    GPtrArray *names = g_ptr_array_new ();

    for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
        for (const VyCheckRow *row = tables[i]; row->name; row++)
            g_ptr_array_add (names, g_strdup (row->name));
    g_ptr_array_add (names, NULL);
    return (GStrv) g_ptr_array_free (names, FALSE);
}
