/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The file that tells about an install tree. */
#include "vy-treeinfo-private.h"

#include <string.h>

#include "vy-media-private.h"

static gboolean
is_group (const char *line)
{
    gsize size = strlen (line);

    return size > 2 && line[0] == '[' && strchr (line, ']') == line + size - 1;
}

/* "Family : Fedora " is "family=Fedora"; FALSE: such a line is in no .treeinfo. */
static gboolean
append_pair (GString *clean, const char *line)
{
    gsize size = strcspn (line, "=:");
    g_autofree char *key = g_ascii_strdown (line, (gssize) size);

    g_strchomp (key);
    if (!line[size] || !*key)
        return FALSE;
    line += size + 1;
    g_string_append_printf (clean, "%s=%s\n", key, line + strspn (line, " \t"));
    return TRUE;
}

static gboolean
append_line (GString *clean, char *line, gboolean *in_group)
{
    gboolean goes_on = g_ascii_isspace (*line);

    g_strstrip (line);
    if (!*line || *line == '#' || *line == ';')
        return TRUE;
    if (is_group (line)) {
        *in_group = TRUE;
        g_string_append_printf (clean, "%s\n", line);
        return TRUE;
    }
    return *in_group && (goes_on || append_pair (clean, line));
}

GKeyFile *
vy_treeinfo_parse (const char *text)
{
    g_autoptr (GKeyFile) keys = g_key_file_new ();
    g_autoptr (GString) clean = g_string_new (NULL);
    g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
    gboolean in_group = FALSE;

    for (char **line = lines; *line; line++)
        if (!append_line (clean, *line, &in_group))
            return NULL;
    if (!in_group ||
        !g_key_file_load_from_data (keys, clean->str, clean->len, G_KEY_FILE_NONE, NULL))
        return NULL;
    return g_steal_pointer (&keys);
}

GKeyFile *
vy_treeinfo_load (const char *location)
{
    static const char *const names[] = { ".treeinfo", "treeinfo" };

    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *text = vy_media_read_member (location, names[i]);
        GKeyFile *keys = text ? vy_treeinfo_parse (text) : NULL;

        if (keys)
            return keys;
    }
    return NULL;
}

char *
vy_treeinfo_get (GKeyFile *keys, const char *group, const char *key)
{
    g_autofree char *value = g_key_file_get_value (keys, group, key, NULL);

    if (!value)
        return NULL;
    g_strstrip (value);
    return *value ? g_steal_pointer (&value) : NULL;
}
