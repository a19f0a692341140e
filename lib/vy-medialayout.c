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
    if (!g_ascii_isdigit (*media->version)) {
        g_autofree char *unknown = g_strconcat (stem, "-unknown", NULL);

        return vy_media_set_os (media, unknown);
    }
    near = vy_os_nearest (name);
    return near && !strncmp (near, stem, size) && g_ascii_isdigit (near[size]) &&
           vy_media_set_os (media, near);
}

/* "12 SP3", "12.3" and "12:sp3" are the same release. */
static gboolean
set_enterprise (VyMedia *media, const char *product, const char *version)
{
    char *end = NULL;
    guint64 major = g_ascii_strtoull (version, &end, 10);
    guint64 pack = g_ascii_strtoull (end + strcspn (end, "0123456789"), NULL, 10);
    g_autofree char *name =
        pack ? g_strdup_printf ("%s%" G_GUINT64_FORMAT "sp%" G_GUINT64_FORMAT,
                                major < 15 ? product : "sle", major, pack)
             : g_strdup_printf ("%s%" G_GUINT64_FORMAT, major < 15 ? product : "sle",
                                major);
    g_autofree char *near = vy_os_nearest (name);

    return major &&
           (vy_media_set_os (media, name) ||
            (near && g_str_has_prefix (near, "sle") && vy_media_set_os (media, near)));
}

gboolean
vy_media_guess_suse (VyMedia *media, const char *name, const char *version)
{
    static const struct {
        const char *words, *product;
    } products[] = {
        { "SUSE Linux Enterprise Desktop", "sled" },
        { "SUSE Linux Enterprise", "sles" },
        { "SLED", "sled" },
        { "SLES", "sles" },
    };

    if (strstr (name, "Tumbleweed"))
        return vy_media_set_os (media, "opensusetumbleweed");
    for (gsize i = 0; i < G_N_ELEMENTS (products); i++)
        if (strstr (name, products[i].words))
            return set_enterprise (media, products[i].product,
                                   version ? version
                                           : name + strcspn (name, "0123456789"));
    return FALSE;
}

/* What stands behind a key in the content file of older trees of SUSE. */
static char *
content_value (const char *text, const char *key)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    for (char **line = lines; *line; line++)
        if (g_str_has_prefix (*line, key) && g_ascii_isspace ((*line)[strlen (key)]))
            return g_strstrip (g_strdup (*line + strlen (key)));
    return NULL;
}

/* "cpe:/o:opensuse:opensuse:42.3,openSUSE Leap 42.3" */
static gboolean
read_cpe (VyMedia *media, const char *text)
{
    g_autofree char *value = content_value (text, "DISTRO");
    g_auto (GStrv) parts = value ? g_strsplit (value, ",", 2) : NULL;
    g_auto (GStrv) words = parts ? g_strsplit (parts[0], ":", -1) : NULL;

    if (!words || g_strv_length (words) < 5)
        return FALSE;
    media->family = g_strdup (words[3]);
    media->version = g_strconcat (words[4], words[5], NULL);
    if (parts[1] && strstr (parts[1], "Tumbleweed"))
        return vy_media_guess_suse (media, parts[1], NULL);
    if (g_str_has_prefix (media->family, "sle"))
        set_enterprise (media, media->family, media->version);
    else
        vy_media_guess_release (media, media->family);
    return TRUE;
}

/* "SUSE Linux Enterprise Server 10 SP2", "openSUSE 11.2" in still older ones */
static gboolean
read_label (VyMedia *media, const char *text)
{
    g_autofree char *label = content_value (text, "LABEL");
    const char *version = label ? label + strcspn (label, "0123456789") : NULL;

    if (!label || vy_media_guess_suse (media, label, NULL))
        return label != NULL;
    if (!g_str_has_prefix (label, "openSUSE") || !*version)
        return FALSE;
    media->family = g_strdup ("opensuse");
    media->version = g_strndup (version, strspn (version, "0123456789."));
    return vy_media_guess_release (media, media->family);
}

gboolean
vy_media_read_suse (VyMedia *media, const char *location)
{
    g_autofree char *text = vy_media_read_member (location, "content");

    return text && (read_cpe (media, text) || read_label (media, text));
}

static gboolean
is_codename (const VyOs *os, const char *code)
{
    const char *distro = vy_os_get_distro (os);
    const char *whole = vy_os_get_codename (os);
    gsize size = strlen (code);

    return distro && (!strcmp (distro, "debian") || !strcmp (distro, "ubuntu")) &&
           whole && !g_ascii_strncasecmp (whole, code, size) &&
           (whole[size] == '\0' || whole[size] == ' ');
}

/* "buster", "xenial", and the suites beside them: "focal-updates". */
static gboolean
set_codename (VyMedia *media, const char *suite)
{
    static const char *const distros[] = { "debian", "ubuntu" };
    g_autofree char *code = g_strndup (suite, strcspn (suite, "-"));
    g_autoptr (GPtrArray) list = *code ? vy_os_list (NULL) : NULL;

    for (gsize i = 0; *code && i < G_N_ELEMENTS (distros); i++) {
        g_autofree char *name = g_strconcat (distros[i], code, NULL);

        if (vy_media_set_os (media, name))
            return TRUE;
    }
    for (guint i = 0; list && i < list->len; i++)
        if (is_codename (list->pdata[i], code))
            return vy_media_set_os (media, vy_os_get_short_id (list->pdata[i]));
    return FALSE;
}

/* "ALT Workstation 9.0  (…)", "ALT Linux 7.0.0 KDesktop" */
static gboolean
set_alt (VyMedia *media, const char *text)
{
    static const char *const stems[] = { "alt", "altlinux" };
    const char *version = text + strcspn (text, "0123456789");

    if (!g_str_has_prefix (text, "ALT"))
        return FALSE;
    media->family = g_strdup ("ALT");
    media->version = g_strndup (version, strspn (version, "0123456789."));
    for (gsize i = 0; *version && i < G_N_ELEMENTS (stems); i++) {
        g_auto (GStrv) parts = g_strsplit (media->version, ".", -1);
        g_autofree char *name = g_strconcat (
            stems[i], parts[0], ".", parts[1] && *parts[1] ? parts[1] : "0", NULL);

        if (vy_media_set_os (media, name))
            break;
    }
    return TRUE;
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
    return (text && set_alt (media, text)) || (code && set_codename (media, code));
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
           (strstr (location, "/daily-images/") && set_codename (media, "testing")) ||
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
