/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install media: what an ISO image or an install tree is. */
#include "vy-media.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "vy-fetch.h"
#include "vy-i18n-private.h"
#include "vy-media-private.h"
#include "vy-treeinfo-private.h"

#define HEAD_OFFSET 32768
#define HEAD_SIZE 2048

void
vy_media_free (VyMedia *media)
{
    if (!media)
        return;
    g_free (media->os);
    g_free (media->os_name);
    g_free (media->arch);
    g_free (media->volume_id);
    g_free (media->system_id);
    g_free (media->publisher_id);
    g_free (media->application_id);
    g_free (media->family);
    g_free (media->version);
    g_free (media->kernel);
    g_free (media->initrd);
    g_free (media);
}

/* ---- ISO images ---------------------------------------------------------------------
 */

static char *
field (const guchar *head, gsize offset, gsize size)
{
    g_autofree char *text = g_strndup ((const char *) head + offset, size);

    g_strchomp (text);
    return *text ? g_utf8_make_valid (text, -1) : NULL;
}

static gboolean
read_head (const char *path, guchar *head, gboolean *is_iso, GError **error)
{
    int fd = open (path, O_RDONLY | O_CLOEXEC);
    ssize_t got;

    if (fd < 0)
        return vy_throw_errno (error, errno, _ ("cannot open '%s'"), path);
    got = pread (fd, head, HEAD_SIZE, HEAD_OFFSET);
    close (fd);
    *is_iso = got == HEAD_SIZE && head[0] == 1 && !memcmp (head + 1, "CD001", 5);
    return TRUE;
}

gboolean
vy_media_read_iso (VyMedia *media, const char *path, GError **error)
{
    guchar head[HEAD_SIZE];
    gboolean is_iso;
    guint64 blocks, block_size;

    if (!read_head (path, head, &is_iso, error) || !is_iso)
        return FALSE;
    blocks = (guint64) head[80] | (guint64) head[81] << 8 | (guint64) head[82] << 16 |
             (guint64) head[83] << 24;
    block_size = (guint64) head[128] | (guint64) head[129] << 8;
    media->kind = "iso";
    media->system_id = field (head, 8, 32);
    media->volume_id = field (head, 40, 32);
    media->publisher_id = field (head, 318, 128);
    media->application_id = field (head, 574, 128);
    media->volume_size = blocks * block_size;
    return TRUE;
}

/* ---- trees --------------------------------------------------------------------------
 */

static char *
first_value (GKeyFile *keys, const char *const (*places)[2])
{
    char *value = NULL;

    for (; !value && (*places)[0]; places++)
        value = vy_treeinfo_get (keys, (*places)[0], (*places)[1]);
    return value;
}

static const char *const family_places[][2] = { { "general", "family" },
                                                { "release", "name" },
                                                { NULL, NULL } };
static const char *const version_places[][2] = { { "general", "version" },
                                                 { "release", "version" },
                                                 { NULL, NULL } };
static const char *const arch_places[][2] = { { "general", "arch" },
                                              { "tree", "arch" },
                                              { NULL, NULL } };
static const char *const variant_places[][2] = { { "general", "variant" },
                                                 { NULL, NULL } };

/* Distributions whose short ids are made of a word and the version. */
static const struct {
    const char *family;
    const char *stem;
} stems[] = {
    { "Fedora", "fedora" },       { "CentOS Stream", "centos-stream" },
    { "CentOS", "centos" },       { "Red Hat Enterprise Linux", "rhel" },
    { "AlmaLinux", "almalinux" }, { "Rocky", "rocky" },
    { "Oracle Linux", "ol" },     { "openSUSE", "opensuse" },
    { "Mageia", "mageia" },       { "Scientific", "centos" },
};

static void
guess_by_family (VyMedia *media)
{
    if (!media->family || vy_media_guess_suse (media, media->family, media->version))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS (stems); i++)
        if (strstr (media->family, stems[i].family) &&
            vy_media_guess_release (media, stems[i].stem))
            return;
}

static void
take_treeinfo (VyMedia *media, GKeyFile *keys)
{
    g_autofree char *variant = first_value (keys, variant_places);
    g_autofree char *images = NULL;

    media->kind = "tree";
    media->family = first_value (keys, family_places);
    media->version = first_value (keys, version_places);
    media->arch = first_value (keys, arch_places);
    images = g_strconcat ("images-", media->arch, NULL);
    media->kernel = vy_treeinfo_get (keys, images, "kernel");
    media->initrd = vy_treeinfo_get (keys, images, "initrd");
    media->is_installer = TRUE;
    media->installer_reboots = 1;
    if (!vy_media_match_tree (media, variant))
        guess_by_family (media);
}

static gboolean
read_any_treeinfo (VyMedia *media, const char *location)
{
    g_autoptr (GKeyFile) keys = vy_treeinfo_load (location);

    if (!keys)
        return FALSE;
    take_treeinfo (media, keys);
    return TRUE;
}

static gboolean
read_tree (VyMedia *media, const char *location)
{
    if (read_any_treeinfo (media, location))
        return TRUE;
    media->kind = "tree";
    media->is_installer = TRUE;
    media->installer_reboots = 1;
    return vy_media_read_debian (media, location) ||
           vy_media_read_suse (media, location) || vy_media_read_mageia (media, location);
}

/* Images of which no pattern is known often have a tree in them. */
static void
read_image (VyMedia *media, const char *path)
{
    vy_media_match_iso (media);
    if (!media->os)
        read_tree (media, path);
    media->kind = "iso";
}

/* Whether there is a server at all; one that has no such file is one, and so is one that
 * gives nobody what it has not. */
static gboolean
is_reachable (const char *location, GError **error)
{
    g_autofree char *url = g_strconcat (location, "/.treeinfo", NULL);
    g_autoptr (GError) why = NULL;
    g_autofree char *text = vy_fetch_text (url, NULL, &why);

    if (text || g_error_matches (why, VY_ERROR, VY_ERROR_NOT_FOUND) ||
        (g_error_matches (why, VY_ERROR, VY_ERROR_DENIED) &&
         vy_fetch_exists (location, NULL, NULL)))
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
}

VyMedia *
vy_media_detect (const char *location, GError **error)
{
    g_autoptr (VyMedia) media = g_new0 (VyMedia, 1);
    GError *why = NULL;

    g_return_val_if_fail (location, NULL);
    if (strstr (location, "://") && !is_reachable (location, error))
        return NULL;
    if (strstr (location, "://") || g_file_test (location, G_FILE_TEST_IS_DIR)) {
        if (read_tree (media, location))
            return g_steal_pointer (&media);
    } else if (vy_media_read_iso (media, location, &why)) {
        read_image (media, location);
        return g_steal_pointer (&media);
    }
    if (why)
        g_propagate_error (error, why);
    else
        vy_throw (error, VY_ERROR_INVALID,
                  _ ("'%s' is neither an ISO image nor a known install tree"), location);
    return NULL;
}
