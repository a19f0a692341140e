/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists of disk images, as trees of their backing. */
#include "vy-image-private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "vy-i18n-private.h"
#include "vy-pool.h"

#define MAX_DEPTH 3

/* Files that lie beside images and are none. */
static const char *const other_suffixes[] = { ".xml", ".json", ".txt",  ".log",
                                              ".sh",  ".md",   ".yaml", ".yml",
                                              ".cfg", ".lock", ".part", ".sha256" };

static gboolean
may_be_image (const char *name)
{
    if (*name == '.')
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (other_suffixes); i++)
        if (g_str_has_suffix (name, other_suffixes[i]))
            return FALSE;
    return TRUE;
}

void
vy_image_walk (const char *dir, guint depth, GPtrArray *paths)
{
    g_autoptr (GDir) handle = g_dir_open (dir, 0, NULL);
    const char *name;

    while (handle && (name = g_dir_read_name (handle))) {
        g_autofree char *path = g_build_filename (dir, name, NULL);
        struct stat info;

        if (lstat (path, &info) < 0)
            continue;
        if (S_ISDIR (info.st_mode) && depth < MAX_DEPTH && *name != '.')
            vy_image_walk (path, depth + 1, paths);
        else if (S_ISREG (info.st_mode) && info.st_size > 0 && may_be_image (name) &&
                 !g_ptr_array_find_with_equal_func (paths, path, g_str_equal, NULL))
            g_ptr_array_add (paths, g_steal_pointer (&path));
    }
}

static void
add_files (virConnectPtr conn, char **dirs, GPtrArray *images)
{
    g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

    for (char **dir = dirs; *dir; dir++)
        vy_image_walk (*dir, 0, paths);
    for (guint i = 0; i < paths->len; i++) {
        VyImage *image = vy_image_get_info (conn, g_ptr_array_index (paths, i), NULL);

        if (image)
            g_ptr_array_add (images, image);
    }
}

/* Volumes whose files are not on this machine, or are only those of the test driver. */
static void
add_volumes (virConnectPtr conn, virStoragePoolPtr pool, GPtrArray *images)
{
    virStorageVolPtr *volumes = NULL;
    int n = virStoragePoolListAllVolumes (pool, &volumes, 0);

    for (int i = 0; i < n; i++) {
        char *path = virStorageVolGetPath (volumes[i]);
        VyImage *image = path ? vy_image_get_info (conn, path, NULL) : NULL;
        gboolean known = FALSE;

        for (guint j = 0; image && j < images->len; j++)
            known |=
                strcmp (((VyImage *) g_ptr_array_index (images, j))->path, path) == 0;
        if (image && !known)
            g_ptr_array_add (images, image);
        else if (image)
            vy_image_free (image);
        free (path);
        virStorageVolFree (volumes[i]);
    }
    free (volumes);
}

static void
add_all_volumes (virConnectPtr conn, GPtrArray *images)
{
    virStoragePoolPtr *pools = NULL;
    int n = virConnectListAllStoragePools (conn, &pools,
                                           VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);

    for (int i = 0; i < n; i++) {
        add_volumes (conn, pools[i], images);
        virStoragePoolFree (pools[i]);
    }
    free (pools);
}

/* The directories to look at: one, or those of the pools and the default one. */
static GStrv
choose_dirs (virConnectPtr conn, const char *dir)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_auto (GStrv) pools = vy_pool_list_dirs (conn);
    g_autofree char *standard = vy_pool_get_default_dir (conn);

    if (dir) {
        g_strv_builder_add (builder, dir);
    } else {
        g_strv_builder_addv (builder, (const char **) pools);
        if (!g_strv_contains ((const char *const *) pools, standard))
            g_strv_builder_add (builder, standard);
    }
    return g_strv_builder_end (builder);
}

static GPtrArray *
scan (virConnectPtr conn, const char *dir)
{
    GPtrArray *images = g_ptr_array_new_with_free_func ((GDestroyNotify) vy_image_free);
    g_auto (GStrv) dirs = choose_dirs (conn, dir);

    if (vy_image_files_are_here (conn))
        add_files (conn, dirs, images);
    if (conn && !dir)
        add_all_volumes (conn, images);
    return images;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
    const VyImage *const *one = a, *const *two = b;

    return strcmp ((*one)->path, (*two)->path);
}

static const VyImage *
find_image (GPtrArray *images, const char *path)
{
    for (guint i = 0; path && i < images->len; i++)
        if (strcmp (((VyImage *) g_ptr_array_index (images, i))->path, path) == 0)
            return g_ptr_array_index (images, i);
    return NULL;
}

/* Moves an image and those that it backs to the sorted list. */
static void
move_tree (GPtrArray *images, VyImage *image, guint depth, GPtrArray *sorted)
{
    if (g_ptr_array_find (sorted, image, NULL))
        return; /* a circle, or two ways to one image */
    image->depth = depth;
    g_ptr_array_add (sorted, image);
    for (guint i = 0; i < images->len; i++) {
        VyImage *other = g_ptr_array_index (images, i);

        if (g_strcmp0 (other->backing, image->path) == 0)
            move_tree (images, other, depth + 1, sorted);
    }
}

static GPtrArray *
sort_as_tree (GPtrArray *images)
{
    GPtrArray *sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) vy_image_free);

    g_ptr_array_sort (images, compare_paths);
    for (guint i = 0; i < images->len; i++) {
        VyImage *image = g_ptr_array_index (images, i);

        if (!find_image (images, image->backing))
            move_tree (images, image, 0, sorted);
    }
    for (guint i = 0; i < images->len; i++) /* circles have no root */
        move_tree (images, g_ptr_array_index (images, i), 0, sorted);
    g_ptr_array_set_free_func (images, NULL);
    return sorted;
}

static GStrv
users_of (GHashTable *map, const char *path)
{
    g_autofree char *real = vy_image_canonical (path);
    const GPtrArray *users = g_hash_table_lookup (map, real);
    char **list = g_new0 (char *, (users ? users->len : 0) + 1);

    for (guint i = 0; users && i < users->len; i++)
        list[i] = g_strdup (g_ptr_array_index (users, i));
    return list;
}

GPtrArray *
vy_image_list (virConnectPtr conn, const char *dir, GError **error)
{
    g_autoptr (GPtrArray) images = NULL;
    g_autoptr (GHashTable) map = NULL;
    GPtrArray *sorted;

    if (dir && vy_image_files_are_here (conn) && !g_file_test (dir, G_FILE_TEST_IS_DIR)) {
        vy_throw (error, VY_ERROR_NOT_FOUND, _ ("there is no directory '%s'"), dir);
        return NULL;
    }
    images = scan (conn, dir);
    map = vy_image_map_users (conn, images, error);
    if (!map)
        return NULL;
    sorted = sort_as_tree (images);
    for (guint i = 0; i < sorted->len; i++) {
        VyImage *image = g_ptr_array_index (sorted, i);

        image->users = users_of (map, image->path);
    }
    return sorted;
}

GStrv
vy_image_list_users (virConnectPtr conn, const char *path, GError **error)
{
    g_autoptr (GPtrArray) images = scan (conn, NULL);
    g_autofree char *dir = g_path_get_dirname (path);
    char *dirs[] = { dir, NULL };
    g_autoptr (GHashTable) map = NULL;

    if (vy_image_files_are_here (conn))
        add_files (conn, dirs, images);
    map = vy_image_map_users (conn, images, error);
    return map ? users_of (map, path) : NULL;
}
