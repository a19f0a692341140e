/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists that are trees: devices, snapshots, checkpoints. */
#include "virsh.h"

typedef struct {
    Cli *cli;
    const char *const *names;
    const char *const *parents;
    GString *indent;
} Tree;

static gboolean
is_child (const Tree *tree, gsize i, const char *name)
{
    return tree->parents[i] && strcmp (tree->parents[i], name) == 0;
}

/* Where @name's last child stands: FALSE when it has none. */
static gboolean
last_child (const Tree *tree, const char *name, gsize *last)
{
    gboolean found = FALSE;

    for (gsize i = 0; tree->names[i]; i++)
        if (is_child (tree, i, name)) {
            *last = i;
            found = TRUE;
        }
    return found;
}

static void print_node (Tree *tree, gsize i, gsize last, gboolean root);

static void
print_children (Tree *tree, gsize parent, gsize last)
{
    cli_print (tree->cli, "%s  |\n", tree->indent->str);
    g_string_append (tree->indent, "  ");
    for (gsize i = 0; tree->names[i]; i++)
        if (i != parent && is_child (tree, i, tree->names[parent]))
            print_node (tree, i, last, FALSE);
    g_string_truncate (tree->indent, tree->indent->len - 2);
}

/* @last: the last of its brothers, after which a line is left empty */
static void
print_node (Tree *tree, gsize i, gsize last, gboolean root)
{
    gsize before = tree->indent->len;
    gsize last_below;

    cli_print (tree->cli, "%s%s%s\n", tree->indent->str, root ? "" : "+- ",
               tree->names[i]);
    if (!root)
        g_string_append (tree->indent, i == last ? "  " : "| ");
    if (last_child (tree, tree->names[i], &last_below))
        print_children (tree, i, last_below);
    else if (i == last)
        cli_print (tree->cli, "%s\n", tree->indent->str);
    g_string_truncate (tree->indent, before);
}

void
virsh_print_tree (Cli *cli, const char *const *names, const char *const *parents)
{
    g_autoptr (GString) indent = g_string_new ("");
    Tree tree = { cli, names, parents, indent };

    for (gsize i = 0; names[i]; i++)
        if (!parents[i] || !g_strv_contains (names, parents[i]))
            print_node (&tree, i, i, TRUE);
}
