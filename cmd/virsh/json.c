/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON as libvirt lays it out: two spaces a level, a newline inside empty brackets too */
#include "virsh.h"

#include <json-c/json.h>

enum { JSON_FLAGS = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE };

static void write_value (GString *text, struct json_object *value, guint depth);

static void
write_indent (GString *text, guint depth)
{
    g_string_append_printf (text, "%*s", (int) depth * 2, "");
}

static void
write_object (GString *text, struct json_object *object, guint depth)
{
    gboolean first = TRUE;

    g_string_append (text, "{\n");
    json_object_object_foreach (object, name, value)
    {
        struct json_object *key = json_object_new_string (name);

        if (!first)
            g_string_append (text, ",\n");
        write_indent (text, depth + 1);
        g_string_append_printf (text,
                                "%s: ", json_object_to_json_string_ext (key, JSON_FLAGS));
        json_object_put (key);
        write_value (text, value, depth + 1);
        first = FALSE;
    }
    g_string_append_c (text, '\n');
    write_indent (text, depth);
    g_string_append_c (text, '}');
}

static void
write_array (GString *text, struct json_object *array, guint depth)
{
    gsize n = json_object_array_length (array);

    g_string_append (text, "[\n");
    for (gsize i = 0; i < n; i++) {
        if (i > 0)
            g_string_append (text, ",\n");
        write_indent (text, depth + 1);
        write_value (text, json_object_array_get_idx (array, i), depth + 1);
    }
    g_string_append_c (text, '\n');
    write_indent (text, depth);
    g_string_append_c (text, ']');
}

static void
write_value (GString *text, struct json_object *value, guint depth)
{
    if (json_object_is_type (value, json_type_object))
        write_object (text, value, depth);
    else if (json_object_is_type (value, json_type_array))
        write_array (text, value, depth);
    else
        g_string_append (text, json_object_to_json_string_ext (value, JSON_FLAGS));
}

/* (transfer full): the object that a text is; NULL: it is none */
static struct json_object *
read_object (const char *text)
{
    struct json_tokener *tokener = json_tokener_new ();
    struct json_object *value;
    const char *rest;

    json_tokener_set_flags (tokener, JSON_TOKENER_STRICT);
    value = json_tokener_parse_ex (tokener, text, (int) strlen (text));
    rest = text + json_tokener_get_parse_end (tokener);
    rest += strspn (rest, " \t\r\n");
    if (json_tokener_get_error (tokener) != json_tokener_success || *rest ||
        !json_object_is_type (value, json_type_object)) {
        json_object_put (value);
        value = NULL;
    }
    json_tokener_free (tokener);
    return value;
}

/* The arguments of a command: an object in one word, or members of it in several. */
static struct json_object *
read_arguments (char **words)
{
    g_autofree char *whole = g_strjoinv (" ", words);
    g_autofree char *members = g_strjoinv (",", words);
    g_autofree char *object = g_strdup_printf ("{%s}", members);
    struct json_object *value = read_object (whole);

    return value ? value : read_object (object);
}

char *
virsh_json_command (char **words, GError **error)
{
    g_autofree char *whole = g_strjoinv (" ", words);
    struct json_object *command = read_object (whole), *arguments = NULL;
    char *text = NULL;

    if (command) {
        json_object_put (command);
        return g_steal_pointer (&whole);
    }
    command = json_object_new_object ();
    json_object_object_add (command, "execute", json_object_new_string (words[0]));
    if (words[1] && !(arguments = read_arguments (words + 1)))
        vy_throw (error, VY_ERROR_USAGE,
                  _ ("the words after '%s' are no members of a JSON object"), words[0]);
    if (arguments)
        json_object_object_add (command, "arguments", arguments);
    if (arguments || !words[1])
        text = g_strdup (json_object_to_json_string_ext (command, JSON_FLAGS));
    json_object_put (command);
    return text;
}

char *
virsh_json_text (const char *json, const char *member, gboolean pretty)
{
    enum json_tokener_error failure = json_tokener_success;
    struct json_object *whole = json_tokener_parse_verbose (json, &failure);
    struct json_object *value = whole;
    g_autoptr (GString) text = NULL;

    if (failure == json_tokener_success &&
        (!member || json_object_object_get_ex (whole, member, &value))) {
        text = g_string_new (NULL);
        if (pretty)
            write_value (text, value, 0);
        else
            g_string_append (text, json_object_to_json_string_ext (value, JSON_FLAGS));
    }
    json_object_put (whole);
    return text ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
