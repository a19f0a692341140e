/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What commands do alike with every kind of object. */
#include "object.h"

static const VirshKind *const kinds[] = {
    &virsh_interface_kind,        &virsh_network_kind,  &virsh_nodedev_kind,
    &virsh_nwfilter_binding_kind, &virsh_nwfilter_kind, &virsh_pool_kind,
    &virsh_secret_kind,
};

/* The kind of the command that runs. Of two prefixes that fit, the longer stands first.
 */
static const VirshKind *
kind_of (Cli *cli)
{
    gsize i = 0;

    while (!g_str_has_prefix (cli->command->name, kinds[i]->prefix))
        i++;
    return kinds[i];
}

gboolean
virsh_is_uuid (const char *name)
{
    return strlen (name) == VIR_UUID_STRING_BUFLEN - 1;
}

char *
virsh_object_get_name (const VirshKind *kind, gpointer object)
{
    char uuid[VIR_UUID_STRING_BUFLEN] = "";

    if (kind->name)
        return g_strdup (kind->name (object));
    kind->uuid (object, uuid);
    return g_strdup (uuid);
}

static gpointer
find_by (Cli *cli, const VirshKind *kind, const char *name, gsize way, GError **error)
{
    const VirshLookup *by = &kind->by[way];
    virConnectPtr conn = cli_conn (cli, error);
    gboolean fits = conn && (!by->fits || by->fits (name));
    gpointer object;

    if (fits && by->way)
        virsh_debug_trying (cli, kind->noun, by->way);
    if (fits && by->check && !by->check (name, error))
        return NULL;
    object = fits ? by->find (conn, name) : NULL;
    if (!object && fits)
        virsh_fail (error, _ (kind->not_found), name);
    else if (!object && conn)
        vy_throw (error, VY_ERROR_NOT_FOUND, _ (kind->not_found), name);
    return object;
}

static void
debug_found (Cli *cli, const VirshKind *kind, const char *name)
{
    if (kind->noun && cli_conn (cli, NULL))
        virsh_debug_found (cli, kind->noun, name);
}

gpointer
virsh_object_by (Cli *cli, const VirshKind *kind, const char *name, gsize way,
                 GError **error)
{
    debug_found (cli, kind, name);
    return find_by (cli, kind, name, way, error);
}

gpointer
virsh_object (Cli *cli, const VirshKind *kind, const char *name, GError **error)
{
    const VirshLookup *first = &kind->by[0];
    gboolean second =
        kind->second_only && g_strv_contains (kind->second_only, cli->command->name);
    gpointer object = NULL;

    debug_found (cli, kind, name);
    if (!kind->by[1].find)
        return find_by (cli, kind, name, 0, error);
    if (!second && first->fits (name)) {
        object = find_by (cli, kind, name, 0, first->only ? error : NULL);
        if (object || first->only)
            return object;
    }
    return find_by (cli, kind, name, 1, error);
}

/* ---- with an object that is looked up
 * ------------------------------------------------------------- */

typedef gboolean (*Act) (Cli *cli, const VirshKind *kind, gpointer object,
                         const VirshObjectArgs *args, GError **error);

static gboolean
with_object (Cli *cli, const VirshObjectArgs *args, Act act, GError **error)
{
    const VirshKind *kind = kind_of (cli);
    gpointer object = virsh_object (cli, kind, args->object, error);
    gboolean ok = object && act (cli, kind, object, args, error);

    if (object)
        kind->release (object);
    return ok;
}

static gboolean
act_call (Cli *cli, const VirshKind *kind, gpointer object, const VirshObjectArgs *args,
          GError **error)
{
    const VirshAction *action = kind->actions;
    int result;

    while (strcmp (action->command, cli->command->name) != 0)
        action++;
    result = action->call ? action->call (object) : action->call_flags (object, 0);
    if (result < 0)
        return virsh_fail (error, _ (action->failed), args->object);
    cli_say (cli, _ (action->done), args->object);
    return TRUE;
}

gboolean
virsh_object_call (Cli *cli, gpointer args, GError **error)
{
    return with_object (cli, args, act_call, error);
}

static gboolean
act_autostart (Cli *cli, const VirshKind *kind, gpointer object,
               const VirshObjectArgs *args, GError **error)
{
    int mark = !args->disable;

    if (kind->autostart.set (object, mark) < 0)
        return virsh_fail (error, _ (kind->autostart.failed[mark]), args->object);
    cli_say (cli, _ (kind->autostart.done[mark]), args->object);
    return TRUE;
}

gboolean
virsh_object_autostart (Cli *cli, gpointer args, GError **error)
{
    return with_object (cli, args, act_autostart, error);
}

static gboolean
act_dumpxml (Cli *cli, const VirshKind *kind, gpointer object,
             const VirshObjectArgs *args, GError **error)
{
    unsigned flags = args->inactive ? kind->inactive : 0;
    VIRSH_TEXT xml = kind->xml (object, flags);

    if (!xml)
        return virsh_fail (error, _ ("failed to get the XML of '%s'"), args->object);
    return virsh_print_xml (cli, xml, args->xpath, args->wrap, error);
}

gboolean
virsh_object_dumpxml (Cli *cli, gpointer args, GError **error)
{
    return with_object (cli, args, act_dumpxml, error);
}

gboolean
virsh_object_name (Cli *cli, gpointer data, GError **error)
{
    const VirshObjectArgs *args = data;
    const VirshKind *kind = kind_of (cli);
    gpointer object = virsh_object_by (cli, kind, args->object, 0, error);

    if (!object)
        return FALSE;
    cli_print (cli, "%s\n", kind->name (object));
    kind->release (object);
    return TRUE;
}

gboolean
virsh_object_uuid (Cli *cli, gpointer data, GError **error)
{
    const VirshObjectArgs *args = data;
    const VirshKind *kind = kind_of (cli);
    gpointer object = virsh_object_by (cli, kind, args->object, 1, error);
    char uuid[VIR_UUID_STRING_BUFLEN];
    gboolean ok;

    if (!object)
        return FALSE;
    ok = kind->uuid (object, uuid) == 0 ||
         virsh_fail (error, _ ("failed to get the UUID of '%s'"), args->object);
    if (ok)
        cli_print (cli, "%s\n", uuid);
    kind->release (object);
    return ok;
}

/* ---- documents in files and editors
 * --------------------------------------------------------------- */

static const VirshMaker *
maker_of (Cli *cli, const VirshKind *kind)
{
    const VirshMaker *maker = kind->makers;

    while (strcmp (maker->command, cli->command->name) != 0)
        maker++;
    return maker;
}

gboolean
virsh_object_make_from (Cli *cli, const VirshKind *kind, const char *file, unsigned flags,
                        GError **error)
{
    const VirshMaker *maker = maker_of (cli, kind);
    virConnectPtr conn = cli_conn (cli, error);
    g_autofree char *xml = conn ? virsh_read_file (file, error) : NULL;
    g_autofree char *name = NULL;
    gpointer object;

    if (!xml)
        return FALSE;
    object = maker->make (conn, xml, flags);
    if (!object)
        return virsh_fail (error, _ (maker->failed), file);
    name = virsh_object_get_name (kind, object);
    cli_say (cli, _ (maker->done), name, file);
    kind->release (object);
    return TRUE;
}

gboolean
virsh_object_make (Cli *cli, gpointer data, GError **error)
{
    const VirshObjectArgs *args = data;
    const VirshKind *kind = kind_of (cli);

    return virsh_object_make_from (cli, kind, args->file,
                                   args->validate ? maker_of (cli, kind)->validate : 0,
                                   error);
}

/* What is edited, and what came of it. */
typedef struct {
    Cli *cli;
    const VirshKind *kind;
    gpointer object;
    char *name;
} Edit;

static char *
edit_read (gpointer data, GError **error)
{
    const Edit *edit = data;
    const VirshKind *kind = edit->kind;
    char *xml = kind->xml (edit->object, kind->inactive);

    if (!xml && kind->inactive_optional && virGetLastErrorCode () == VIR_ERR_INVALID_ARG)
        xml = kind->xml (edit->object, 0);
    if (!xml)
        virsh_fail (error, _ ("failed to get the XML of '%s'"), edit->name);
    return xml;
}

static gboolean
edit_define (gpointer data, const char *xml, G_GNUC_UNUSED gboolean relaxed,
             GError **error)
{
    Edit *edit = data;
    gpointer defined = edit->kind->edit.make (cli_conn (edit->cli, NULL), xml, 0);

    if (!defined)
        return virsh_fail (error, _ ("failed to define '%s'"), edit->name);
    g_free (edit->name);
    edit->name = virsh_object_get_name (edit->kind, defined);
    edit->kind->release (defined);
    return TRUE;
}

static gboolean
act_edit (Cli *cli, const VirshKind *kind, gpointer object,
          G_GNUC_UNUSED const VirshObjectArgs *args, GError **error)
{
    static const VirshEditor editor = { edit_read, edit_define, FALSE };
    Edit edit = { cli, kind, object, virsh_object_get_name (kind, object) };
    VirshEdited edited = virsh_edit_document (cli, &editor, &edit, error);

    if (edited != VIRSH_EDIT_FAILED)
        cli_say (cli,
                 edited == VIRSH_EDIT_DONE ? _ (kind->edit.done) : _ (kind->unchanged),
                 edit.name);
    g_free (edit.name);
    return edited != VIRSH_EDIT_FAILED;
}

gboolean
virsh_object_edit (Cli *cli, gpointer args, GError **error)
{
    return with_object (cli, args, act_edit, error);
}

const CliOption virsh_object_file_options[] = {
    VIRSH_FILE (VirshObjectArgs, file),
    VIRSH_FLAG (VirshObjectArgs, validate, "validate",
                "check the XML against the schema"),
    { 0 },
};

/* ---- lists
 * ----------------------------------------------------------------------------------------
 */

/* As the first libvirt did it. What vanishes meanwhile is left out. */
static int
list_by_names (virConnectPtr conn, const VirshKind *kind, gpointer **objects)
{
    int n = kind->count (conn);
    g_autofree char **names = n >= 0 ? g_new0 (char *, n + 1) : NULL;
    const VirshLookup *by = kind->by[1].find ? &kind->by[1] : &kind->by[0];
    int found = 0;

    n = n > 0 ? kind->list_names (conn, names, n) : n;
    if (n < 0)
        return -1;
    *objects = calloc ((size_t) n + 1, sizeof **objects);
    for (int i = 0; i < n; i++) {
        (*objects)[found] = by->find (conn, names[i]);
        found += (*objects)[found] ? 1 : 0;
        free (names[i]);
    }
    return found;
}

static int
list_objects (virConnectPtr conn, const VirshKind *kind, unsigned flags,
              gpointer **objects)
{
    int n = kind->list (conn, objects, flags);

    if (n < 0 && !flags && kind->count && virGetLastErrorCode () == VIR_ERR_NO_SUPPORT)
        n = list_by_names (conn, kind, objects);
    return n;
}

GPtrArray *
virsh_object_rows (Cli *cli, const VirshKind *kind, unsigned flags,
                   gpointer (*row) (gpointer object), GDestroyNotify row_free,
                   GCompareFunc compare, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
    gpointer *objects = NULL;
    int n = conn ? list_objects (conn, kind, flags, &objects) : -1;

    if (n < 0) {
        if (conn)
            virsh_fail (error, "%s", _ (kind->list_failed));
        return NULL;
    }
    for (int i = 0; i < n; i++) {
        g_ptr_array_add (rows, row (objects[i]));
        kind->release (objects[i]);
    }
    free (objects);
    g_ptr_array_sort (rows, compare);
    return g_steal_pointer (&rows);
}

static void
mark_rows (virConnectPtr conn, const VirshKind *kind, GHashTable *rows,
           const VirshMark *mark)
{
    gpointer *objects = NULL;
    int n = kind->list (conn, &objects, mark->filter);

    for (int i = 0; i < n; i++) {
        char *row = g_hash_table_lookup (rows, kind->name (objects[i]));

        if (row)
            G_STRUCT_MEMBER (gboolean, row, mark->offset) = TRUE;
        kind->release (objects[i]);
    }
    free (objects);
}

void
virsh_object_mark (Cli *cli, const VirshKind *kind, GPtrArray *rows,
                   const VirshMark *marks)
{
    virConnectPtr conn = cli_conn (cli, NULL);
    g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);

    for (guint i = 0; i < rows->len; i++)
        g_hash_table_insert (by_name, *(char **) rows->pdata[i], rows->pdata[i]);
    for (; rows->len > 0 && marks->filter; marks++)
        mark_rows (conn, kind, by_name, marks);
}

GStrv
virsh_object_names (Cli *cli, const VirshKind *kind, const char *typed)
{
    virConnectPtr conn = cli_conn (cli, NULL);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    gpointer *objects = NULL;
    int n = conn ? list_objects (conn, kind, 0, &objects) : -1;

    for (int i = 0; i < n; i++) {
        g_autofree char *name = virsh_object_get_name (kind, objects[i]);

        if (g_str_has_prefix (name, typed))
            g_strv_builder_add (builder, name);
        kind->release (objects[i]);
    }
    free (objects);
    return n < 0 ? NULL : g_strv_builder_end (builder);
}
