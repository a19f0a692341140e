/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Descriptions of disk images. */
#include "vy-image-private.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "vy-i18n-private.h"
#include "vy-pool.h"
#include "vy-process.h"
#include "vy-xml.h"

void
vy_image_free (VyImage *image)
{
    g_free (image->path);
    g_free (image->format);
    g_free (image->backing);
    g_free (image->backing_format);
    g_free (image->pool);
    g_strfreev (image->users);
    g_free (image);
}

gboolean
vy_image_files_are_here (virConnectPtr conn)
{
    char *text = conn ? virConnectGetURI (conn) : NULL;
    gboolean test = text && g_str_has_prefix (text, "test:");

    free (text);
    return !conn || test || vy_conn_is_local (conn);
}

char *
vy_image_canonical (const char *path)
{
    char *real = realpath (path, NULL);
    char *copy = g_strdup (real ? real : path);

    free (real);
    return copy;
}

/* A relative name may not climb out of the directory that it is relative to. */
static gboolean
climbs (const char *name)
{
    g_auto (GStrv) parts = g_strsplit (name, "/", -1);

    return g_strv_contains ((const char *const *) parts, "..");
}

/* Whether a file system can have it: no part is too long. */
static gboolean
is_possible (const char *name)
{
    gsize part = 0;

    for (const char *at = name; *at; at++) {
        part = *at == '/' ? 0 : part + 1;
        if (g_ascii_iscntrl (*at) || part > NAME_MAX)
            return FALSE;
    }
    return *name && !g_str_has_suffix (name, "/");
}

char *
vy_image_resolve_path (virConnectPtr conn, const char *name, GError **error)
{
    g_autofree char *dir = NULL;

    if (!is_possible (name)) {
        vy_throw (error, VY_ERROR_INVALID, _ ("'%s' cannot be the path of an image"),
                  name);
        vy_error_set_hint (error, _ ("a path has no control characters, no part of more "
                                     "than 255 bytes and no '/' at the end"));
        return NULL;
    }
    if (g_path_is_absolute (name))
        return g_canonicalize_filename (name, "/");
    if (climbs (name)) {
        vy_throw (error, VY_ERROR_INVALID, _ ("'%s' leads out of the pool's directory"),
                  name);
        vy_error_set_hint (error, _ ("use an absolute path"));
        return NULL;
    }
    dir = vy_pool_get_default_dir (conn);
    return g_canonicalize_filename (name, dir);
}

static char *
json_text (json_object *object, const char *key)
{
    json_object *value = NULL;

    return json_object_object_get_ex (object, key, &value)
               ? g_strdup (json_object_get_string (value))
               : NULL;
}

guint64
vy_image_json_number (json_object *object, const char *key)
{
    json_object *value = NULL;

    return json_object_object_get_ex (object, key, &value)
               ? (guint64) json_object_get_int64 (value)
               : 0;
}

static gboolean
json_true (json_object *object, const char *key)
{
    json_object *value = NULL;

    return json_object_object_get_ex (object, key, &value) &&
           json_object_get_boolean (value);
}

static VyImage *
image_from_json (json_object *object)
{
    VyImage *image = g_new0 (VyImage, 1);
    json_object *specific = NULL, *details = NULL, *snapshots = NULL;

    image->path = json_text (object, "filename");
    image->format = json_text (object, "format");
    image->virtual_size = vy_image_json_number (object, "virtual-size");
    image->actual_size = vy_image_json_number (object, "actual-size");
    image->cluster_size = vy_image_json_number (object, "cluster-size");
    image->backing = json_text (object, "full-backing-filename");
    if (!image->backing)
        image->backing = json_text (object, "backing-filename");
    image->backing_format = json_text (object, "backing-filename-format");
    image->encrypted = json_true (object, "encrypted");
    image->dirty = json_true (object, "dirty-flag");
    if (json_object_object_get_ex (object, "format-specific", &specific) &&
        json_object_object_get_ex (specific, "data", &details))
        image->dirty |= json_true (details, "corrupt");
    if (json_object_object_get_ex (object, "snapshots", &snapshots))
        image->n_snapshots = json_object_array_length (snapshots);
    return image;
}

/* Asks qemu-img, without taking the lock that a running guest holds. */
static json_object *
run_info (const char *path, gboolean chain, GError **error)
{
    const char *argv[] = { "qemu-img", "info", "-U", "--output=json", path, NULL, NULL };
    g_autofree char *text = NULL;
    json_object *parsed;

    if (chain) {
        argv[4] = "--backing-chain";
        argv[5] = path;
    }
    if (!vy_process_run (argv, NULL, &text, error)) {
        g_prefix_error (error, _ ("cannot read image '%s': "), path);
        return NULL;
    }
    parsed = json_tokener_parse (text);
    if (!parsed)
        vy_throw (error, VY_ERROR_FAILED, _ ("cannot read what qemu-img says of '%s'"),
                  path);
    return parsed;
}

static VyImage *
info_of_file (const char *path, GError **error)
{
    json_object *parsed = run_info (path, FALSE, error);
    VyImage *image = parsed ? image_from_json (parsed) : NULL;

    json_object_put (parsed);
    return image;
}

GPtrArray *
vy_image_list_chain (const char *path, GError **error)
{
    json_object *parsed = run_info (path, TRUE, error);
    GPtrArray *chain;

    if (!parsed)
        return NULL;
    chain = g_ptr_array_new_with_free_func ((GDestroyNotify) vy_image_free);
    for (gsize i = 0; i < json_object_array_length (parsed); i++)
        g_ptr_array_add (chain, image_from_json (json_object_array_get_idx (parsed, i)));
    json_object_put (parsed);
    return chain;
}

static VyImage *
image_from_volume (virStorageVolPtr volume)
{
    char *xml = virStorageVolGetXMLDesc (volume, 0);
    g_autoptr (xmlDoc) doc = xml ? vy_xml_parse (xml, _ ("volume"), NULL) : NULL;
    xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
    virStorageVolInfo info;
    VyImage *image;

    free (xml);
    if (!root || virStorageVolGetInfo (volume, &info) < 0)
        return NULL;
    image = g_new0 (VyImage, 1);
    image->path = vy_xml_get (root, "target/path");
    image->format = vy_xml_get (root, "target/format/@type");
    if (!image->format)
        image->format = g_strdup ("raw");
    image->virtual_size = info.capacity;
    image->actual_size = info.allocation;
    image->backing = vy_xml_get (root, "backingStore/path");
    image->backing_format = vy_xml_get (root, "backingStore/format/@type");
    image->encrypted = vy_xml_has (root, "target/encryption");
    return image;
}

static char *
pool_of_volume (virStorageVolPtr volume)
{
    g_autoptr (virStoragePool) pool = virStoragePoolLookupByVolume (volume);

    return pool ? g_strdup (virStoragePoolGetName (pool)) : NULL;
}

VyImage *
vy_image_get_info (virConnectPtr conn, const char *path, GError **error)
{
    g_autoptr (virStorageVol) volume =
        conn ? virStorageVolLookupByPath (conn, path) : NULL;
    VyImage *image = NULL;
    struct stat info;
    int why = 0;

    if (vy_image_files_are_here (conn)) {
        if (stat (path, &info) == 0)
            image = info_of_file (path, error);
        else
            why = errno;
    }
    if (!image && why == 0 && vy_image_files_are_here (conn))
        return NULL;
    if (!image && volume)
        image = image_from_volume (volume);
    if (!image) {
        vy_throw_errno (error, why ? why : ENOENT, _ ("cannot find image '%s'"), path);
        return NULL;
    }
    image->pool = volume ? pool_of_volume (volume) : NULL;
    return image;
}

char *
vy_image_find_unreachable_dir (const char *path)
{
    g_auto (GStrv) parts = g_strsplit (path, "/", -1);
    g_autoptr (GString) at = g_string_new ("/");
    struct stat info;

    for (char **part = parts; part[0] && part[1]; part++) {
        if (**part == '\0')
            continue;
        if (at->len > 1)
            g_string_append_c (at, '/');
        g_string_append (at, *part);
        if (stat (at->str, &info) < 0)
            return NULL;
        if (!(info.st_mode & S_IXOTH))
            return g_strdup (at->str);
    }
    return NULL;
}
