/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Seeds for cloud-init. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "vy-seed.h"

static char *folder;

static char *
make_file (const char *name, const char *text)
{
    char *path = g_build_filename (folder, name, NULL);

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    return path;
}

static void
test_made (void)
{
    g_autofree char *key = make_file ("key.pub", "ssh-ed25519 AAAA me@\"here\"\n");
    VySeedSettings settings = { .name = "web1",
                                .generate_root_password = TRUE,
                                .root_ssh_key = key,
                                .user_ssh_key = key,
                                .disable = TRUE };
    g_autoptr (GError) error = NULL;
    g_autoptr (VySeed) seed = vy_seed_new (&settings, &error);
    const char *user, *meta;

    g_assert_no_error (error);
    user = vy_seed_get_document (seed, "user-data");
    meta = vy_seed_get_document (seed, "meta-data");
    g_assert_cmpuint (strlen (vy_seed_get_root_password (seed)), ==, 16);
    g_assert_null (strstr (user, vy_seed_get_root_password (seed)));
    g_assert_true (g_str_has_prefix (user, "#cloud-config\n"));
    g_assert_nonnull (strstr (user, "root:$6$"));
    g_assert_nonnull (strstr (user, "expire: true"));
    g_assert_nonnull (strstr (user, "\"ssh-ed25519 AAAA me@\\\"here\\\"\""));
    g_assert_nonnull (strstr (user, "cloud-init.disabled"));
    g_assert_nonnull (strstr (meta, "instance-id: iid-"));
    g_assert_nonnull (strstr (meta, "local-hostname: \"web1\""));
    g_assert_null (vy_seed_get_document (seed, "network-config"));
}

static void
test_password_file (void)
{
    g_autofree char *file = make_file ("password", "hunter2\nsecond\n");
    VySeedSettings settings = { .root_password_file = file };
    g_autoptr (GError) error = NULL;
    g_autoptr (VySeed) seed = vy_seed_new (&settings, &error);
    const char *user;

    g_assert_no_error (error);
    user = vy_seed_get_document (seed, "user-data");
    g_assert_null (strstr (user, "hunter2"));
    g_assert_nonnull (strstr (user, "expire: false"));
    g_assert_null (vy_seed_get_root_password (seed));
}

static void
test_wrong (void)
{
    g_autofree char *empty = make_file ("empty", "\n");
    const VySeedSettings wrong[] = {
        { .root_password_file = empty },
        { .root_password_file = empty, .generate_root_password = TRUE },
        { .root_ssh_key = "/nonexistent" },
        { .user_data = empty, .disable = TRUE },
    };
    static const VyError codes[] = { VY_ERROR_INVALID, VY_ERROR_USAGE, VY_ERROR_NOT_FOUND,
                                     VY_ERROR_USAGE };

    for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (vy_seed_new (&wrong[i], &error));
        g_assert_error (error, VY_ERROR, (gint) codes[i]);
    }
}

static gboolean
contains (const char *data, gsize size, const char *text, gsize length)
{
    return memmem (data, size, text, length) != NULL;
}

/* For its owner only, with the label in both descriptors, and never over another file. */
static void
test_image (void)
{
    static const char wide[] = { 0, 'c', 0, 'i', 0, 'd', 0, 'a', 0, 't', 0, 'a' };
    g_autofree char *user = make_file ("user", "#cloud-config\nhostname: given\n");
    g_autofree char *path = g_build_filename (folder, "seed.iso", NULL);
    VySeedSettings settings = { .user_data = user, .network_config = user };
    g_autoptr (GError) error = NULL;
    g_autoptr (VySeed) seed = vy_seed_new (&settings, &error);
    g_autofree char *data = NULL;
    struct stat st;
    gsize size;

    g_assert_no_error (error);
    g_assert_true (vy_seed_write (seed, path, &error));
    g_assert_no_error (error);
    g_assert_cmpint (stat (path, &st), ==, 0);
    g_assert_cmpuint (st.st_mode & 0777, ==, 0600);
    g_assert_true (g_file_get_contents (path, &data, &size, NULL));
    g_assert_true (contains (data, size, wide, sizeof wide));
    g_assert_true (contains (data, size, "hostname: given", 15));
    g_assert_true (contains (data, size, "network-config", 14));
    g_assert_false (vy_seed_write (seed, path, &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_EXISTS);
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    folder = g_dir_make_tmp ("vy-seed-XXXXXX", NULL);
    g_test_add_func ("/seed/made", test_made);
    g_test_add_func ("/seed/password-file", test_password_file);
    g_test_add_func ("/seed/wrong", test_wrong);
    g_test_add_func ("/seed/image", test_image);
    status = g_test_run ();
    for (const char *const *name = (const char *const[]){ "key.pub", "password", "empty",
                                                          "user", "seed.iso", NULL };
         *name; name++) {
        g_autofree char *path = g_build_filename (folder, *name, NULL);

        g_unlink (path);
    }
    g_rmdir (folder);
    g_free (folder);
    return status;
}
