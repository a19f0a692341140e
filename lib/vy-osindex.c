/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The compiled index of osinfo-db: made once, mapped later. */
#include "vy-osindex-private.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vy-i18n-private.h"
#include "vy-module.h"

/* Changes whenever the layout does: an older file is then made anew. */
#define MAGIC 0x76790004u
/* magic, key, database, magic: the last one is not there when the file was cut off */
#define FILE_TYPE "(ut" VY_OSINDEX_TYPE "u)"
#define MAX_DEPTH 8

static struct {
    GStrv directories; /* NULL: libosinfo's */
    char *file;        /* NULL: the usual place */
    GVariant *database;
} place;

void
vy_os_set_database (const char *const *directories, const char *index)
{
    g_strfreev (place.directories);
    g_free (place.file);
    g_clear_pointer (&place.database, g_variant_unref);
    place.directories = g_strdupv ((char **) directories);
    place.file = g_strdup (index);
}

/* ---- key: what the database's files look like from outside --------------------------
 */

static guint64
mix (guint64 hash, guint64 value)
{
    hash ^= value + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
    return hash * 0xff51afd7ed558ccdu;
}

static guint64
entry_hash (const char *name, const struct stat *st)
{
    guint64 hash = mix (g_str_hash (name), (guint64) st->st_mtim.tv_sec);

    hash = mix (hash, (guint64) st->st_mtim.tv_nsec);
    return mix (hash, S_ISDIR (st->st_mode) ? 1 : (guint64) st->st_size);
}

/* The order in which a folder is read does not count: hashes of entries are added. */
static guint64
folder_hash (int parent, const char *name, int depth)
{
    int fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
    const struct dirent *entry;
    guint64 sum = 0;

    if (!dir) {
        if (fd >= 0)
            close (fd);
        return 0;
    }
    while ((entry = readdir (dir))) {
        struct stat st;

        if (entry->d_name[0] == '.' || fstatat (fd, entry->d_name, &st, 0))
            continue;
        sum += entry_hash (entry->d_name, &st);
        if (S_ISDIR (st.st_mode) && depth < MAX_DEPTH)
            sum += mix (g_str_hash (entry->d_name),
                        folder_hash (fd, entry->d_name, depth + 1));
    }
    closedir (dir);
    return sum;
}

/* The variables are libosinfo's own: it reads the same folders. */
static GStrv
default_folders (void)
{
    static const char *const variables[] = { "OSINFO_SYSTEM_DIR", "OSINFO_LOCAL_DIR",
                                             "OSINFO_USER_DIR" };
    g_autofree char *user = g_build_filename (g_get_user_config_dir (), "osinfo", NULL);
    const char *const usual[] = { "/usr/share/osinfo", "/etc/osinfo", user };
    GStrv folders = g_new0 (char *, G_N_ELEMENTS (usual) + 1);

    for (gsize i = 0; i < G_N_ELEMENTS (usual); i++) {
        const char *other = g_getenv (variables[i]);

        folders[i] = g_strdup (other ? other : usual[i]);
    }
    return folders;
}

/* A folder that is not there has no part in it: otherwise two users without folders of
 * their own would build the index for each other again and again. */
static guint64
database_key (void)
{
    g_auto (GStrv) folders =
        place.directories ? g_strdupv (place.directories) : default_folders ();
    guint64 key = 0;

    for (guint i = 0; folders[i]; i++) {
        guint64 hash = folder_hash (AT_FDCWD, folders[i], 0);

        if (hash)
            key = mix (mix (key, g_str_hash (folders[i])), hash);
    }
    return key;
}

/* ---- file ---------------------------------------------------------------------------
 */

static char *
index_path (void)
{
    if (place.file)
        return g_strdup (place.file);
    if (geteuid () == 0)
        return g_strdup ("/var/cache/virtyard/os.index");
    return g_build_filename (g_get_user_cache_dir (), "virtyard", "os.index", NULL);
}

/* Nobody else may be able to say what is in the file. */
static gboolean
is_trustworthy (const char *path)
{
    struct stat st;

    return stat (path, &st) == 0 && S_ISREG (st.st_mode) &&
           (st.st_uid == geteuid () || st.st_uid == 0) && !(st.st_mode & 022);
}

static GVariant *
check_index (GVariant *file, guint64 key)
{
    guint32 magic = 0, end = 0;
    guint64 found = 0;

    g_variant_get_child (file, 0, "u", &magic);
    g_variant_get_child (file, 1, "t", &found);
    g_variant_get_child (file, 3, "u", &end);
    if (magic != MAGIC || found != key || end != MAGIC)
        return NULL;
    return g_variant_get_child_value (file, 2);
}

static GVariant *
map_index (const char *path, guint64 key)
{
    g_autoptr (GMappedFile) map =
        is_trustworthy (path) ? g_mapped_file_new (path, FALSE, NULL) : NULL;
    g_autoptr (GBytes) bytes = map ? g_mapped_file_get_bytes (map) : NULL;
    g_autoptr (GVariant) file = NULL;

    if (!bytes || g_bytes_get_size (bytes) == 0)
        return NULL;
    file = g_variant_ref_sink (
        g_variant_new_from_bytes (G_VARIANT_TYPE (FILE_TYPE), bytes, FALSE));
    return check_index (file, key);
}

/* A host where it cannot be written works without it. */
static void
write_index (const char *path, GBytes *bytes)
{
    g_autofree char *folder = g_path_get_dirname (path);
    gsize size = 0;
    const char *data = g_bytes_get_data (bytes, &size);

    if (g_mkdir_with_parents (folder, 0755) == 0)
        g_file_set_contents_full (path, data, (gssize) size,
                                  G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL);
}

/* The same as it would be mapped: one piece of memory that all strings point into. */
static GVariant *
flatten (GVariant *database, guint64 key, const char *path)
{
    g_autoptr (GVariant) file = g_variant_ref_sink (
        g_variant_new ("(ut@" VY_OSINDEX_TYPE "u)", MAGIC, key, database, MAGIC));
    g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (file);
    g_autoptr (GVariant) flat = g_variant_ref_sink (
        g_variant_new_from_bytes (G_VARIANT_TYPE (FILE_TYPE), bytes, TRUE));

    write_index (path, bytes);
    return g_variant_get_child_value (flat, 2);
}

static GVariant *
build (GError **error)
{
    VyOsinfoBuild function =
        (VyOsinfoBuild) vy_module_symbol ("osinfo", VY_OSINFO_BUILD, error);

    return function ? function ((const char *const *) place.directories, error) : NULL;
}

GVariant *
vy_osindex_get (GError **error)
{
    g_autofree char *path = NULL;
    g_autoptr (GVariant) built = NULL;
    guint64 key;

    if (place.database)
        return place.database;
    path = index_path ();
    key = database_key ();
    place.database = map_index (path, key);
    if (place.database)
        return place.database;
    built = build (error);
    if (built)
        place.database = flatten (built, key, path);
    return place.database;
}

gboolean
vy_osindex_has_variant (GVariant *row, const char *variant)
{
    g_autoptr (GVariant) names =
        g_variant_lookup_value (row, "variants", G_VARIANT_TYPE_STRING_ARRAY);
    gsize n = names ? g_variant_n_children (names) : 0;

    for (gsize i = 0; i < n; i++) {
        const char *name;

        g_variant_get_child (names, i, "&s", &name);
        if (strstr (name, variant))
            return TRUE;
    }
    return FALSE;
}
