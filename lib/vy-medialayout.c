/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install media: trees that have no .treeinfo. */
#include <string.h>

#include "vy-fetch.h"
#include "vy-isofile-private.h"
#include "vy-media-private.h"

char *
vy_media_read_member (const char *location, const char *member)
{
    g_autofree char *path = g_build_filename (location, member, NULL);
    char *text = NULL;

    if (strstr (location, "://"))
        return vy_fetch_text (path, NULL, NULL);
    if (!g_file_test (location, G_FILE_TEST_IS_DIR))
        return vy_isofile_read (location, member);
    g_file_get_contents (path, &text, NULL, NULL);
    return text;
}

/* The release itself, or the nearest one of the same distribution. */
gboolean
vy_media_guess_release (VyMedia *media, const char *stem)
{
    g_autofree char *name = g_strconcat (stem, media->version, NULL);
    g_autofree char *near = NULL;
    gsize size = strlen (stem);

    if (vy_media_set_os (media, media->version ? name : stem))
        return TRUE;
    if (!media->version)
        return FALSE;
    near = vy_os_nearest (name);
    return near && !strncmp (near, stem, size) && g_ascii_isdigit (near[size]) &&
           vy_media_set_os (media, near);
}

/* "… cpe:/o:opensuse:opensuse:42.3,…" in the content file of older trees of SUSE */
static gboolean
read_cpe (VyMedia *media, const char *text)
{
    const char *cpe = strstr (text, "cpe:/o:");
    g_auto (GStrv) line = cpe ? g_strsplit_set (cpe, ",\n", 2) : NULL;
    g_auto (GStrv) words = line ? g_strsplit (line[0], ":", -1) : NULL;

    if (!words || g_strv_length (words) < 5)
        return FALSE;
    media->family = g_strdup (words[3]);
    media->version = g_strconcat (words[4], words[5], NULL);
    vy_media_guess_release (media, media->family);
    return TRUE;
}

/* "SHORTLABEL  SLES11_SP4" in still older ones */
static gboolean
read_label (VyMedia *media, const char *text)
{
    const char *label = strstr (text, "\nSHORTLABEL ");
    g_auto (GStrv) line =
        label ? g_strsplit (label + strlen ("\nSHORTLABEL "), "\n", 2) : NULL;
    g_auto (GStrv) parts = line ? g_strsplit (g_strstrip (line[0]), "_", -1) : NULL;
    g_autofree char *name = parts ? g_strjoinv ("", parts) : NULL;

    return name && *name && vy_media_set_os (media, name);
}

gboolean
vy_media_read_suse (VyMedia *media, const char *location)
{
    g_autofree char *text = vy_media_read_member (location, "content");

    return text && (read_cpe (media, text) || read_label (media, text));
}

/* Debian and Ubuntu have aliases with their codenames: "debianbuster". */
static gboolean
set_codename (VyMedia *media, const char *code)
{
    static const char *const distros[] = { "debian", "ubuntu" };

    for (gsize i = 0; *code && i < G_N_ELEMENTS (distros); i++) {
        g_autofree char *name = g_strconcat (distros[i], code, NULL);

        if (vy_media_set_os (media, name))
            return TRUE;
    }
    return FALSE;
}

/* Debian GNU/Linux 8.10.0 "Jessie" - Official amd64 NETINST … */
static gboolean
read_disk_info (VyMedia *media, const char *location)
{
    g_autofree char *text = vy_media_read_member (location, ".disk/info");
    g_auto (GStrv) words = text ? g_strsplit (text, "\"", 3) : NULL;
    g_autofree char *code =
        words && words[0] && words[1] ? g_ascii_strdown (words[1], -1) : NULL;
    char *space = code ? strchr (code, ' ') : NULL;

    if (space)
        *space = '\0';
    return code && set_codename (media, code);
}

static gboolean
read_dists (VyMedia *media, const char *location)
{
    g_autofree char *path = g_build_filename (location, "dists", NULL);
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name (dir)))
        if (set_codename (media, name))
            return TRUE;
    return FALSE;
}

gboolean
vy_media_read_debian (VyMedia *media, const char *location)
{
    const char *dists = strstr (location, "/dists/");
    g_auto (GStrv) words = dists ? g_strsplit (dists + strlen ("/dists/"), "/", 2) : NULL;

    return (words && words[0] && set_codename (media, words[0])) ||
           read_disk_info (media, location) || read_dists (media, location);
}

/* "Mageia 8 Devel-x86_64-Download 20200717 20:37" */
gboolean
vy_media_read_mageia (VyMedia *media, const char *location)
{
    static const char stem[] = "Mageia ";
    g_autofree char *text = vy_media_read_member (location, "VERSION");
    const char *version = text ? text + strlen (stem) : NULL;

    if (!text || !g_str_has_prefix (text, stem) || !g_ascii_isdigit (*version))
        return FALSE;
    g_free (media->version);
    media->version = g_strndup (version, strspn (version, "0123456789"));
    vy_media_guess_release (media, "mageia");
    return TRUE;
}
