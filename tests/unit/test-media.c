/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Install media: heads of images and .treeinfo files of the test's own. */
#include <glib/gstdio.h>
#include <string.h>

#include "vy-fetch.h"
#include "vy-media.h"
#include "vy-os.h"

static char *folder;

static char *
write_file (const char *name, const char *data, gsize size)
{
    char *path = g_build_filename (folder, name, NULL);

    g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
    return path;
}

static void
put (char *head, gsize offset, gsize size, const char *text)
{
    memset (head + offset, ' ', size);
    memcpy (head + offset, text, strlen (text));
}

static void
test_iso (void)
{
    g_autofree char *image = g_malloc0 (36864);
    char *head = image + 32768;
    g_autofree char *path = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (VyMedia) media = NULL;

    memcpy (head, "\001CD001", 6);
    put (head, 8, 32, "LINUX");
    put (head, 40, 32, "TOY-7");
    put (head, 318, 128, "");
    put (head, 574, 128, "MAKER");
    head[80] = 18;
    head[129] = 8;
    path = write_file ("toy.iso", image, 36864);
    media = vy_media_detect (path, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (media->kind, ==, "iso");
    g_assert_null (media->os);
    g_assert_cmpstr (media->volume_id, ==, "TOY-7");
    g_assert_cmpstr (media->system_id, ==, "LINUX");
    g_assert_null (media->publisher_id);
    g_assert_cmpstr (media->application_id, ==, "MAKER");
    g_assert_cmpuint (media->volume_size, ==, 36864);
    g_remove (path);
}

static void
test_no_media (void)
{
    g_autofree char *path = write_file ("text", "no image", 8);
    const char *const places[] = { path, folder };

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (vy_media_detect (places[i], &error));
        g_assert_error (error, VY_ERROR, VY_ERROR_INVALID);
    }
    g_remove (path);
}

static void
test_treeinfo (void)
{
    static const char text[] = "[general]\n; a remark\nfamily = Toy\nversion = 7\n"
                               "arch = x86_64\n[images-x86_64]\n"
                               "kernel = boot/vmlinuz\ninitrd = boot/initrd\n";
    g_autofree char *path = write_file (".treeinfo", text, strlen (text));
    g_autoptr (GError) error = NULL;
    g_autoptr (VyMedia) media = vy_media_detect (folder, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (media->kind, ==, "tree");
    g_assert_cmpstr (media->arch, ==, "x86_64");
    g_assert_cmpstr (media->version, ==, "7");
    g_assert_cmpstr (media->kernel, ==, "boot/vmlinuz");
    g_assert_cmpstr (media->initrd, ==, "boot/initrd");
    g_remove (path);
}

static void
test_fetch (void)
{
    g_autofree char *source = write_file ("source", "text", 4);
    g_autofree char *target = g_build_filename (folder, "target", NULL);
    g_autofree char *url = g_strconcat ("file://", source, NULL);
    g_autofree char *missing = g_strconcat ("file://", folder, "/missing", NULL);
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_false (vy_fetch_file (missing, target, NULL, NULL, NULL, &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_NOT_FOUND);
    g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
    g_clear_error (&error);
    g_assert_true (vy_fetch_file (url, target, NULL, NULL, NULL, &error));
    g_assert_no_error (error);
    g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, "text");
    g_assert_false (vy_fetch_file (url, target, NULL, NULL, NULL, &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_EXISTS);
    g_remove (source);
    g_remove (target);
}

int
main (int argc, char **argv)
{
    g_autofree char *index = NULL;
    const char *const none[] = { "/nonexistent", NULL };
    int status;

    g_test_init (&argc, &argv, NULL);
    folder = g_dir_make_tmp ("virtyard-media-XXXXXX", NULL);
    index = g_strconcat (folder, ".index", NULL);
    vy_os_set_database (none, index);
    g_test_add_func ("/media/iso", test_iso);
    g_test_add_func ("/media/no-media", test_no_media);
    g_test_add_func ("/media/treeinfo", test_treeinfo);
    g_test_add_func ("/fetch/file", test_fetch);
    status = g_test_run ();
    g_remove (index);
    g_rmdir (folder);
    g_free (folder);
    return status;
}
