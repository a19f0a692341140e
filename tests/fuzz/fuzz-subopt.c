/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any text as the sub-options of any device: first line the option, the rest the texts.
 */
#include <stdlib.h>
#include <string.h>

#include "virtyard.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
size_t LLVMFuzzerCustomMutator (guint8 *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate (guint8 *data, size_t size, size_t most);

static guint
count_devices (void)
{
    const VyDevice *const *devices = vy_device_list ();
    guint n = 0;

    while (devices[n])
        n++;
    return n;
}

/* A name that is none stands for one of them, so that no text is lost. */
static const VyDevice *
choose (const char *name)
{
    const VyDevice *device = vy_device_find (name);

    return device ? device : vy_device_list ()[g_str_hash (name) % count_devices ()];
}

static GHashTable *reached;

static void
report (void)
{
    g_printerr ("tables reached: %u of %u\n", g_hash_table_size (reached),
                count_devices ());
    g_clear_pointer (&reached, g_hash_table_unref);
}

int
LLVMFuzzerInitialize (G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
    reached = g_hash_table_new (g_str_hash, g_str_equal);
    atexit (report);
    return 0;
}

static void
add_each (GStrv lines)
{
    const VyDevice *device = choose (lines[0]);
    g_autoptr (xmlDoc) doc = vy_xml_new ("domain");
    g_autoptr (GHashTable) extra =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    xmlNode *root = xmlDocGetRootElement (doc);
    g_autofree char *text = NULL;
    g_autofree char *again = NULL;
    g_autoptr (xmlDoc) read = NULL;

    g_hash_table_add (reached, (gpointer) device->option);
    for (char **line = lines + 1; *line; line++) {
        xmlNode *node = vy_device_add (NULL, root, device, *line, extra, NULL);
        VySuboptTarget target = { .device = device,
                                  .domain = root,
                                  .node = node,
                                  .editing = TRUE,
                                  .extra = extra };

        if (node)
            vy_subopt_apply (&target, *line, NULL);
    }
    /* what was made can be read */
    text = vy_xml_to_string (root);
    read = vy_xml_parse (text, "the result", NULL);
    g_assert_nonnull (read);
    again = vy_xml_to_string (xmlDocGetRootElement (read));
    g_assert_nonnull (again);
}

/* ---- texts that have keys of the tables ----------------------------------------------
 */

/* Another option before the same texts. */
static char *
change_device (const char *text, guint random)
{
    const VyDevice *device = vy_device_list ()[random % count_devices ()];
    const char *rest = strchr (text, '\n');

    return g_strconcat (device->option, rest ? rest : "\n", NULL);
}

/* One more key of the option, somewhere between two others. */
static char *
add_key (const char *text, guint random)
{
    gsize name = strcspn (text, "\n");
    g_autofree char *option = g_strndup (text, name);
    g_auto (GStrv) keys = vy_device_keys (choose (option));
    g_autofree char *key = g_strdup (keys[random % g_strv_length (keys)]);
    GString *out = g_string_new (text);
    const char *place = text + name + (text[name] ? random % (out->len - name) : 0);
    const char *comma = strchr (place, ',');

    g_string_truncate (out, strcspn (out->str, "\n"));
    g_string_append_len (out, text + name,
                         comma ? comma - text - (gssize) name
                               : (gssize) strlen (text) - (gssize) name);
    if (!strchr (out->str, '\n'))
        g_string_append_c (out, '\n');
    g_string_append_printf (out, ",%s=%u", key, random % 5);
    g_string_replace (out, "[0-9]*", random % 2 ? "1" : "", 0);
    g_string_append (out, comma ? comma : "");
    return g_string_free (out, FALSE);
}

size_t
LLVMFuzzerCustomMutator (guint8 *data, size_t size, size_t most, unsigned seed)
{
    g_autofree char *text = g_strndup ((const char *) data, size);
    g_autofree char *changed = NULL;
    gsize length;

    if (seed % 16 > 4 || !g_utf8_validate (text, -1, NULL))
        return LLVMFuzzerMutate (data, size, most);
    changed = seed % 16 ? add_key (text, seed / 16) : change_device (text, seed / 16);
    length = MIN (strlen (changed), most);
    memcpy (data, changed, length);
    return length;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup ((const char *) data, size);
    g_auto (GStrv) lines = NULL;

    if (!g_utf8_validate (text, -1, NULL))
        return -1;
    lines = g_strsplit (text, "\n", 16);
    if (lines[0])
        add_each (lines);
    return 0;
}
