/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard-image: create, show, change and delete disk images */
#include "cli.h"

#include <string.h>
#include <unistd.h>

static const char *const formats[] = { "qcow2", "raw", "qed",  "vmdk",
                                       "vdi",   "vpc", "vhdx", NULL };

/* Without a daemon images are still files; what needs one says so itself. */
static gboolean
optional_conn (Cli *cli, virConnectPtr *conn, GError **error)
{
    *conn = cli_conn (cli, cli_uri (cli) ? error : NULL);
    return *conn || !cli_uri (cli);
}

/* The path that a name stands for, and the connection that knows its pools, if any. */
static char *
resolve (Cli *cli, const char *name, virConnectPtr *conn, GError **error)
{
    return optional_conn (cli, conn, error) ? vy_image_resolve_path (*conn, name, error)
                                            : NULL;
}

/* ---- create -------------------------------------------------------------------------
 */

typedef struct {
    char *path;
    guint64 size;
    int format;
    char *backing;
    int preallocation;
    gboolean dry_run;
} CreateArgs;

static const char *const preallocations[] = { "off", "metadata", "falloc", "full", NULL };

static const CliOption create_options[] = {
    { "path", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      CLI_ARG (CreateArgs, path), N_ ("PATH"),
      N_ ("the new image; a relative name lies in the default pool") },
    { "size", 0, CLI_SIZE, CLI_POSITIONAL, CLI_ARG (CreateArgs, size), N_ ("SIZE"),
      N_ ("size that a guest sees: 40G; without it that of the backing image") },
    { "format", 'f', CLI_ENUM, 0, CLI_ARG (CreateArgs, format), N_ ("FORMAT"),
      N_ ("format of the image, qcow2 by default"), .choices = formats },
    { "backing", 'b', CLI_STRING, CLI_FILE, CLI_ARG (CreateArgs, backing), N_ ("FILE"),
      N_ ("image that has what this one does not hold itself") },
    { "preallocation", 0, CLI_ENUM, 0, CLI_ARG (CreateArgs, preallocation), N_ ("HOW"),
      N_ ("what is set aside at once: off, metadata, falloc, full"),
      .choices = preallocations },
    { "dry-run", 0, CLI_FLAG, 0, CLI_ARG (CreateArgs, dry_run), NULL,
      N_ ("print the steps, change nothing") },
    { 0 },
};

static gboolean
print_info (Cli *cli, virConnectPtr conn, const char *path, GError **error);

static void
warn_unreachable (Cli *cli, const char *path)
{
    g_autofree char *dir = vy_image_find_unreachable_dir (path);

    if (dir && geteuid () == 0) /* an ordinary user's QEMU runs as that user */
        cli_warn (cli, _ ("QEMU cannot reach '%s': only its owner may enter '%s'"), path,
                  dir);
}

static gboolean
report_created (Cli *cli, virConnectPtr conn, const char *path, GError **error)
{
    warn_unreachable (cli, path);
    if (cli_is_structured (cli))
        return print_info (cli, conn, path, error);
    cli_say (cli, _ ("Image '%s' created\n"), path);
    return TRUE;
}

static gboolean
run_create (Cli *cli, gpointer data, GError **error)
{
    const CreateArgs *args = data;
    virConnectPtr conn;
    g_autofree char *path = resolve (cli, args->path, &conn, error);
    g_autofree char *backing =
        path && args->backing ? vy_image_resolve_path (conn, args->backing, error) : NULL;
    VyImageSettings settings = { path, formats[args->format], args->size, backing,
                                 args->preallocation ? preallocations[args->preallocation]
                                                     : NULL };
    g_autoptr (VyPlan) plan = NULL;

    if (!path || (args->backing && !backing))
        return FALSE;
    plan = vy_image_plan_create (conn, &settings, error);
    if (!plan || !cli_run_plan (cli, plan, args->dry_run, error))
        return FALSE;
    return args->dry_run || report_created (cli, conn, path, error);
}

/* ---- info, list ---------------------------------------------------------------------
 */

typedef struct {
    char *path;
} InfoArgs;

static const CliOption info_options[] = {
    { "path", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      CLI_ARG (InfoArgs, path), N_ ("PATH"), N_ ("an image") },
    { 0 },
};

static void
record_size (CliRecord *record, const char *key, const char *label, guint64 bytes)
{
    g_autofree char *text = vy_size_format (bytes);

    cli_record_uint (record, key, label, bytes);
    cli_record_text (record, "%s", text);
}

static gboolean
print_info (Cli *cli, virConnectPtr conn, const char *path, GError **error)
{
    g_autoptr (VyImage) image = vy_image_get_info (conn, path, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    g_auto (GStrv) users = image ? vy_image_list_users (conn, path, error) : NULL;

    if (!image || !users)
        return FALSE;
    cli_record_string (record, "path", _ ("Path"), image->path);
    cli_record_string (record, "format", _ ("Format"), image->format);
    record_size (record, "virtual_size", _ ("Virtual size"), image->virtual_size);
    record_size (record, "actual_size", _ ("Disk size"), image->actual_size);
    record_size (record, "cluster_size", _ ("Cluster size"), image->cluster_size);
    cli_record_string (record, "backing", _ ("Backing"), image->backing);
    cli_record_string (record, "backing_format", NULL, image->backing_format);
    cli_record_bool (record, "encrypted", _ ("Encrypted"), image->encrypted);
    cli_record_bool (record, "dirty", _ ("Dirty"), image->dirty);
    cli_record_uint (record, "snapshots", _ ("Snapshots"), image->n_snapshots);
    cli_record_string (record, "pool", _ ("Pool"), image->pool);
    cli_record_strings (record, "users", _ ("Used by"), (const char *const *) users);
    return cli_print_record (cli, record, 15, error);
}

static gboolean
run_info (Cli *cli, gpointer data, GError **error)
{
    const InfoArgs *args = data;
    virConnectPtr conn;
    g_autofree char *path = resolve (cli, args->path, &conn, error);

    return path && print_info (cli, conn, path, error);
}

static char *
tree_text (gconstpointer row)
{
    const VyImage *image = row;

    if (image->depth == 0)
        return g_strdup (image->path);
    return g_strdup_printf ("%*s%s", (int) image->depth * 2, "", image->path);
}

static const CliColumn list_columns[] = {
    { "path", N_ ("Image"), CLI_COL_STRING, offsetof (VyImage, path), .text = tree_text },
    { "format", N_ ("Format"), CLI_COL_STRING, offsetof (VyImage, format) },
    { "virtual_size", N_ ("Size"), CLI_COL_SIZE, offsetof (VyImage, virtual_size),
      .right = TRUE },
    { "actual_size", N_ ("On disk"), CLI_COL_SIZE, offsetof (VyImage, actual_size),
      .right = TRUE },
    { "users", N_ ("Used by"), CLI_COL_STRINGS, offsetof (VyImage, users) },
    { "backing", N_ ("Backing"), CLI_COL_STRING, offsetof (VyImage, backing),
      .extra = TRUE },
    { "depth", N_ ("Depth"), CLI_COL_UINT, offsetof (VyImage, depth), .extra = TRUE },
    { "pool", N_ ("Pool"), CLI_COL_STRING, offsetof (VyImage, pool), .extra = TRUE },
    { 0 },
};

typedef struct {
    char *where;
} ListArgs;

static const CliOption list_options[] = {
    { "where", 0, CLI_STRING, CLI_POSITIONAL | CLI_FILE, CLI_ARG (ListArgs, where),
      N_ ("POOL|DIRECTORY"), N_ ("only the images of this pool, or below this directory"),
      cli_complete_pool_active },
    { 0 },
};

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    const ListArgs *args = data;
    virConnectPtr conn;
    g_autofree char *dir = NULL;
    g_autoptr (GPtrArray) images = NULL;

    if (!optional_conn (cli, &conn, error))
        return FALSE;
    if (args->where && strchr (args->where, '/'))
        dir = g_canonicalize_filename (args->where, NULL);
    else if (args->where && !(conn = cli_conn (cli, error)))
        return FALSE;
    else if (args->where && !(dir = vy_pool_get_path (conn, args->where, error)))
        return FALSE;
    images = vy_image_list (conn, dir, error);
    return images && cli_print_table (cli, list_columns, images, error);
}

/* ---- resize, convert ----------------------------------------------------------------
 */

typedef struct {
    char *path;
    char *size;
    gboolean shrink;
    gboolean dry_run;
} ResizeArgs;

static const CliOption resize_options[] = {
    { "path", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      CLI_ARG (ResizeArgs, path), N_ ("PATH"), N_ ("an image") },
    { "size", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, CLI_ARG (ResizeArgs, size),
      N_ ("SIZE"), N_ ("new size, or +SIZE for how much to add") },
    { "shrink", 0, CLI_FLAG, 0, CLI_ARG (ResizeArgs, shrink), NULL,
      N_ ("let it become smaller, and lose what lies behind") },
    { "dry-run", 0, CLI_FLAG, 0, CLI_ARG (ResizeArgs, dry_run), NULL,
      N_ ("print the steps, change nothing") },
    { 0 },
};

/* "40G", or "+10G" on top of what it has. */
static gboolean
read_size (virConnectPtr conn, const char *path, const char *text, guint64 *size,
           GError **error)
{
    g_autoptr (VyImage) image = NULL;

    if (*text != '+')
        return vy_size_parse (text, 1, size, error);
    image = vy_image_get_info (conn, path, error);
    if (!image || !vy_size_parse (text + 1, 1, size, error))
        return FALSE;
    if (*size > G_MAXINT64 - image->virtual_size)
        return vy_throw (error, VY_ERROR_INVALID, _ ("'%s' is too much"), text);
    *size += image->virtual_size;
    return TRUE;
}

static gboolean
run_resize (Cli *cli, gpointer data, GError **error)
{
    const ResizeArgs *args = data;
    virConnectPtr conn;
    g_autofree char *path = resolve (cli, args->path, &conn, error);
    g_autoptr (VyPlan) plan = NULL;
    guint64 size;

    if (!path || !read_size (conn, path, args->size, &size, error))
        return FALSE;
    plan = vy_image_plan_resize (conn, path, size, args->shrink, error);
    if (!plan || !cli_run_plan (cli, plan, args->dry_run, error))
        return FALSE;
    if (!args->dry_run)
        cli_say (cli, _ ("Image '%s' resized\n"), path);
    return TRUE;
}

typedef struct {
    char *source;
    char *target;
    int format;
    gboolean compress;
    gboolean dry_run;
} ConvertArgs;

static const CliOption convert_options[] = {
    { "source", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      CLI_ARG (ConvertArgs, source), N_ ("SOURCE"), N_ ("an image") },
    { "target", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      CLI_ARG (ConvertArgs, target), N_ ("TARGET"), N_ ("the new image") },
    { "format", 'f', CLI_ENUM, 0, CLI_ARG (ConvertArgs, format), N_ ("FORMAT"),
      N_ ("format of the new image; without it that of the source"), .choices = formats },
    { "compress", 0, CLI_FLAG, 0, CLI_ARG (ConvertArgs, compress), NULL,
      N_ ("compress the new image") },
    { "dry-run", 0, CLI_FLAG, 0, CLI_ARG (ConvertArgs, dry_run), NULL,
      N_ ("print the steps, change nothing") },
    { 0 },
};

static gboolean
run_convert (Cli *cli, gpointer data, GError **error)
{
    const ConvertArgs *args = data;
    virConnectPtr conn;
    const char *format = cli_has (cli, "format") ? formats[args->format] : NULL;
    g_autofree char *source = resolve (cli, args->source, &conn, error);
    g_autofree char *target =
        source ? vy_image_resolve_path (conn, args->target, error) : NULL;
    g_autoptr (VyPlan) plan = NULL;

    if (!target)
        return FALSE;
    plan = vy_image_plan_convert (conn, source, target, format, args->compress, error);
    if (!plan || !cli_run_plan (cli, plan, args->dry_run, error))
        return FALSE;
    return args->dry_run || report_created (cli, conn, target, error);
}

/* ---- check --------------------------------------------------------------------------
 */

typedef struct {
    char *path;
    int repair;
} CheckArgs;

static const char *const repairs[] = { "none", "leaks", "all", NULL };

static const CliOption check_options[] = {
    { "path", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      CLI_ARG (CheckArgs, path), N_ ("PATH"), N_ ("an image") },
    { "repair", 0, CLI_ENUM, 0, CLI_ARG (CheckArgs, repair), N_ ("WHAT"),
      N_ ("repair leaks, or all"), .choices = repairs },
    { 0 },
};

static gboolean
run_check (Cli *cli, gpointer data, GError **error)
{
    const CheckArgs *args = data;
    virConnectPtr conn;
    g_autofree char *path = resolve (cli, args->path, &conn, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    g_autoptr (VyImageCheck) check = NULL;

    if (path)
        check = vy_image_check (conn, path, args->repair ? repairs[args->repair] : NULL,
                                error);
    if (!check)
        return FALSE;
    cli_record_string (record, "path", _ ("Path"), check->path);
    cli_record_string (record, "format", _ ("Format"), check->format);
    cli_record_uint (record, "corruptions", _ ("Corruptions"), check->corruptions);
    cli_record_uint (record, "leaks", _ ("Leaks"), check->leaks);
    cli_record_uint (record, "check_errors", _ ("Check errors"), check->check_errors);
    cli_record_uint (record, "fixed", _ ("Repaired"), check->fixed);
    cli_record_uint (record, "allocated_clusters", _ ("Allocated"),
                     check->allocated_clusters);
    cli_record_uint (record, "total_clusters", _ ("Clusters"), check->total_clusters);
    cli_record_uint (record, "fragmented_clusters", _ ("Fragmented"),
                     check->fragmented_clusters);
    if (!cli_print_record (cli, record, 15, error))
        return FALSE;
    if (check->corruptions || check->check_errors || check->leaks)
        return vy_throw (error, VY_ERROR_FAILED, _ ("image '%s' is damaged"), path);
    return TRUE;
}

/* ---- delete -------------------------------------------------------------------------
 */

typedef struct {
    char **paths;
    gboolean dry_run;
} DeleteArgs;

static const CliOption delete_options[] = {
    { "path", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_REQUIRED | CLI_ARGV | CLI_FILE,
      CLI_ARG (DeleteArgs, paths), N_ ("PATH"), N_ ("images that nothing uses") },
    { "dry-run", 0, CLI_FLAG, 0, CLI_ARG (DeleteArgs, dry_run), NULL,
      N_ ("print the steps, change nothing") },
    { 0 },
};

static GStrv
resolve_all (virConnectPtr conn, char **names, GError **error)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    for (char **name = names; *name; name++) {
        g_autofree char *path = vy_image_resolve_path (conn, *name, error);

        if (!path)
            return NULL;
        g_strv_builder_add (builder, path);
    }
    return g_strv_builder_end (builder);
}

static gboolean
run_delete (Cli *cli, gpointer data, GError **error)
{
    const DeleteArgs *args = data;
    virConnectPtr conn = cli_conn (cli, error); /* who uses them is known only there */
    g_auto (GStrv) paths = conn ? resolve_all (conn, args->paths, error) : NULL;
    g_autoptr (VyPlan) plan = NULL;

    if (!paths)
        return FALSE;
    plan = vy_image_plan_delete (conn, (const char *const *) paths, error);
    if (!plan || !cli_run_plan (cli, plan, args->dry_run, error))
        return FALSE;
    for (char **path = paths; *path && !args->dry_run; path++)
        cli_say (cli, _ ("Image '%s' deleted\n"), *path);
    return TRUE;
}

/* ---- the program --------------------------------------------------------------------
 */

static const CliCommand commands[] = {
    { "create", N_ ("make an image"), create_options, sizeof (CreateArgs), run_create },
    { "info", N_ ("show one image and who uses it"), info_options, sizeof (InfoArgs),
      run_info, CLI_READ_ONLY },
    { "list", N_ ("list images as trees of their backing"), list_options,
      sizeof (ListArgs), run_list, CLI_READ_ONLY },
    { "resize", N_ ("change the size that a guest sees"), resize_options,
      sizeof (ResizeArgs), run_resize },
    { "convert", N_ ("copy an image into a new one of any format"), convert_options,
      sizeof (ConvertArgs), run_convert },
    { "check", N_ ("check the structure of an image"), check_options, sizeof (CheckArgs),
      run_check },
    { "delete", N_ ("delete images that nothing uses"), delete_options,
      sizeof (DeleteArgs), run_delete },
    { 0 },
};

static const CliCommand *const all_commands[] = { commands, NULL };

static const CliGroup groups[] = {
    { "image", N_ ("Images"), all_commands },
    { 0 },
};

int
main (int argc, char **argv)
{
    static const CliProgram program = {
        "virtyard-image", N_ ("create, show, change and delete disk images"),
        CLI_STYLE_NATIVE, groups
    };

    return cli_main (&program, argc, argv);
}
