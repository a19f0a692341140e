/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists and specifications of snapshots and checkpoints */
#include "moments.h"

void
virsh_moment_free (gpointer data)
{
    VirshMoment *moment = data;

    g_free (moment->name);
    g_free (moment->state);
    g_free (moment->parent);
    g_free (moment);
}

VirshMoment *
virsh_moment_new (const char *xml, GError **error)
{
    g_autoptr (xmlDoc) doc = vy_xml_parse (xml, _ ("the XML of a snapshot"), error);
    xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
    g_autofree char *created = root ? vy_xml_get (root, "creationTime") : NULL;
    VirshMoment *moment;

    if (!root)
        return NULL;
    moment = g_new0 (VirshMoment, 1);
    moment->name = vy_xml_get (root, "name");
    moment->state = vy_xml_get (root, "state");
    moment->parent = vy_xml_get (root, "parent/name");
    moment->created = created ? g_ascii_strtoll (created, NULL, 10) : 0;
    return moment;
}

gboolean
virsh_moments_add (GPtrArray *moments, const char *xml, int gone, GError **error)
{
    VirshMoment *moment;

    if (!xml)
        return virGetLastErrorCode () == gone || virsh_fail (error, "%s", "");
    moment = virsh_moment_new (xml, error);
    if (moment)
        g_ptr_array_add (moments, moment);
    return moment != NULL;
}

gboolean
virsh_moment_print_parent (Cli *cli, const char *parent, int none, const char *orphan,
                           const char *name, GError **error)
{
    if (!parent && virGetLastErrorCode () == none)
        return vy_throw (error, VY_ERROR_NOT_FOUND, orphan, name);
    if (!parent)
        return virsh_fail (error, "%s", "");
    cli_print (cli, "%s", parent);
    return TRUE;
}

/* ---- lists
 * -------------------------------------------------------------------------------- */

static char *
created_text (gconstpointer row)
{
    const VirshMoment *moment = row;
    g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (moment->created);

    return time ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S %z") : NULL;
}

static char *
parent_text (gconstpointer row)
{
    const VirshMoment *moment = row;

    return g_strdup (moment->parent ? moment->parent : "");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
    const VirshMoment *one = *(const VirshMoment *const *) a;
    const VirshMoment *other = *(const VirshMoment *const *) b;

    return strcasecmp (one->name, other->name);
}

static gboolean
print_table (Cli *cli, GPtrArray *moments, const VirshMomentView *view, GError **error)
{
    const CliColumn columns[] = {
        { "name", N_ ("Name"), CLI_COL_STRING, offsetof (VirshMoment, name) },
        { "creation_time", N_ ("Creation Time"), CLI_COL_TIME,
          offsetof (VirshMoment, created), created_text },
        { "state", N_ ("State"), CLI_COL_STRING, offsetof (VirshMoment, state) },
        { "parent", N_ ("Parent"), CLI_COL_STRING, offsetof (VirshMoment, parent),
          parent_text, !view->parent },
        { 0 },
    };
    const CliColumn stateless[] = { columns[0], columns[1], columns[3], { 0 } };

    return cli_print_table (cli, view->has_state ? columns : stateless, moments, error);
}

static gboolean
print_tree (Cli *cli, GPtrArray *moments)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new ();
    g_autoptr (GPtrArray) parents = g_ptr_array_new ();

    for (guint i = 0; i < moments->len; i++) {
        const VirshMoment *moment = g_ptr_array_index (moments, i);

        g_ptr_array_add (names, moment->name);
        g_ptr_array_add (parents, moment->parent);
    }
    g_ptr_array_add (names, NULL);
    g_ptr_array_add (parents, NULL);
    virsh_print_tree (cli, (const char *const *) names->pdata,
                      (const char *const *) parents->pdata);
    return TRUE;
}

gboolean
virsh_moments_print (Cli *cli, GPtrArray *moments, const VirshMomentView *view,
                     GError **error)
{
    if (!view->topological)
        g_ptr_array_sort (moments, compare_names);
    if (cli_is_structured (cli) || (!view->names && !view->tree))
        return print_table (cli, moments, view, error);
    if (view->tree)
        return print_tree (cli, moments);
    for (guint i = 0; i < moments->len; i++)
        cli_print (cli, "%s\n",
                   ((const VirshMoment *) g_ptr_array_index (moments, i))->name);
    return TRUE;
}

gboolean
virsh_moments_check_tree (const VirshMomentView *view, const VirshGiven *filters, gsize n,
                          GError **error)
{
    if (!virsh_exclusive (view->tree, "tree", view->names, "name", error) ||
        !virsh_exclusive (view->parent, "parent", view->tree, "tree", error))
        return FALSE;
    for (gsize i = 0; i < n; i++)
        if (!virsh_exclusive (filters[i].given, filters[i].name, view->tree, "tree",
                              error))
            return FALSE;
    return TRUE;
}

/* ---- making one
 * --------------------------------------------------------------------------- */

char *
virsh_moment_text (xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement (doc);

    /* an empty one is two tags on two lines */
    if (!root->children)
        xmlNodeAddContent (root, BAD_CAST "\n");
    return vy_xml_to_quoted (root);
}

/* Words between single commas. */
static GStrv
split (const char *text)
{
    g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
    g_autoptr (GString) word = g_string_new (NULL);

    for (const char *at = text; *at; at++) {
        if (*at != ',') {
            g_string_append_c (word, *at);
        } else if (at[1] == ',') {
            g_string_append_c (word, ',');
            at++;
        } else {
            g_strv_builder_add (words, word->str);
            g_string_truncate (word, 0);
        }
    }
    g_strv_builder_add (words, word->str);
    return g_strv_builder_end (words);
}

static gboolean
take (const char *word, VirshSpecKey *keys, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        gsize length = strlen (keys[i].key);

        if (strncmp (word, keys[i].key, length) != 0 || word[length] != '=')
            continue;
        if (keys[i].value)
            return FALSE;
        keys[i].value = g_strdup (word + length + 1);
        return TRUE;
    }
    return FALSE;
}

gboolean
virsh_spec_parse (const char *text, VirshSpecKey *keys, gsize n, gsize skip, char **name)
{
    g_auto (GStrv) words = split (text);

    if (name)
        *name = g_strdup (words[0]);
    for (char **word = words + skip; *word; word++)
        if (!take (*word, keys, n))
            return FALSE;
    return TRUE;
}

void
virsh_spec_clear (VirshSpecKey *keys, gsize n)
{
    for (gsize i = 0; i < n; i++)
        g_clear_pointer (&keys[i].value, g_free);
}
