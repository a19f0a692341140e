/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Command strings: words, quotes, options. The whole is read before anything runs. */
#include "complete.h"
#include "shell.h"

void
virsh_parsed_free (VirshParsed *parsed)
{
    g_ptr_array_unref (parsed->rows);
    g_ptr_array_unref (parsed->texts);
    g_strfreev (parsed->loose);
    g_free (parsed);
}

/* ---- one command ----------------------------------------------------------------------
 */

static gboolean
already_given (const VirshParsed *parsed, const CliOption *row)
{
    for (guint i = 0; i < parsed->rows->len; i++)
        if (g_ptr_array_index (parsed->rows, i) == row)
            return TRUE;
    return FALSE;
}

/* What may be a secret is in no log. */
static gboolean
is_secret (const VirshParsed *parsed)
{
    return virsh_word_fits ("set-user-password secret-set-value domsetlaunchsecstate",
                            parsed->command->name);
}

static void
give (VirshParsed *parsed, const CliOption *row, const char *text)
{
    virsh_debug (VIRSH_LEVEL_INFO, "%s: %s(%s): %s", parsed->command->name, row->name,
                 text ? "optdata" : "bool",
                 text && !is_secret (parsed) ? text
                 : text                      ? "***"
                                             : "(none)");
    g_ptr_array_add (parsed->rows, (gpointer) row);
    g_ptr_array_add (parsed->texts, g_strdup (text));
}

/* The next row for a word without a name. */
static const CliOption *
next_positional (const VirshParsed *parsed)
{
    for (const CliOption *row = parsed->command->options; row && row->name; row++)
        if ((row->flags & CLI_POSITIONAL) &&
            ((row->flags & CLI_ARGV) || !already_given (parsed, row)))
            return row;
    return NULL;
}

static const CliOption *
find_option (const VirshParsed *parsed, const char *name, const char **value)
{
    const CliOption *options = parsed->command->options;
    const CliOption *row = options ? cli_option_find (options, name) : NULL;

    *value = NULL;
    return row ? cli_option_resolve (options, row, value)
               : cli_option_find (virsh_output_options, name);
}

/* Reads "--name", "--name=value" or "--name value" at words[*at]. */
static gboolean
take_option (VirshParsed *parsed, const char *const *words, gsize *at, GError **error)
{
    const char *word = words[*at] + 2;
    const char *equals = strchr (word, '=');
    g_autofree char *name =
        equals ? g_strndup (word, (gsize) (equals - word)) : g_strdup (word);
    const char *fixed;
    const CliOption *row;

    if (strcmp (name, "help") == 0) {
        parsed->wants_help = TRUE;
        return !equals ||
               vy_throw (error, VY_ERROR_USAGE, _ ("option --%s takes no value"), name);
    }
    row = find_option (parsed, name, &fixed);
    if (!row)
        return vy_throw (error, VY_ERROR_USAGE, _ ("command '%s' has no option --%s"),
                         parsed->command->name, name);
    if (!(row->flags & CLI_ARGV) && already_given (parsed, row))
        return vy_throw (error, VY_ERROR_USAGE, _ ("option --%s was given twice"), name);
    if (fixed || row->type == CLI_FLAG) {
        if (equals)
            return vy_throw (error, VY_ERROR_USAGE, _ ("option --%s takes no value"),
                             name);
        give (parsed, row, fixed);
        return TRUE;
    }
    if (!equals && !words[*at + 1])
        return vy_throw (error, VY_ERROR_USAGE, _ ("option --%s needs a value"), name);
    give (parsed, row, equals ? equals + 1 : words[++*at]);
    return TRUE;
}

static gboolean
take_data (VirshParsed *parsed, const char *word, GError **error)
{
    const CliOption *row = next_positional (parsed);

    if (!row)
        return vy_throw (error, VY_ERROR_USAGE, _ ("unexpected word '%s'"), word);
    give (parsed, row, word);
    return TRUE;
}

static gboolean
is_replaced (const VirshParsed *parsed, const char *name)
{
    for (const CliOption *row = parsed->command->options; row && row->name; row++)
        if (row->replaces && strcmp (row->replaces, name) == 0 &&
            already_given (parsed, row))
            return TRUE;
    return FALSE;
}

static gboolean
check_required (const VirshParsed *parsed, GError **error)
{
    g_autoptr (GString) missing = g_string_new ("");

    for (const CliOption *row = parsed->command->options; row && row->name; row++)
        if ((row->flags & CLI_REQUIRED) && !already_given (parsed, row) &&
            !is_replaced (parsed, row->name))
            g_string_append_printf (missing, "%s--%s", missing->len > 0 ? ", " : "",
                                    row->name);
    return missing->len == 0 ||
           vy_throw (error, VY_ERROR_USAGE, _ ("command '%s' needs %s"),
                     parsed->command->name, missing->str);
}

/* Only "--" and a letter or digit is a name: "-x" and "---" are data. */
static gboolean
is_name (const char *word)
{
    return word[0] == '-' && word[1] == '-' && g_ascii_isalnum (word[2]);
}

gboolean
virsh_is_comment (const char *name)
{
    return name[0] == '#';
}

VirshParsed *
virsh_parse_words (const char *const *words, GError **error)
{
    const CliCommand *command = cli_command_find (&virsh_program, words[0]);
    VirshParsed *parsed;
    gboolean ok = TRUE, names = TRUE;
    gboolean is_help = command && strcmp (command->name, "help") == 0;

    if (!command) {
        vy_throw (error, VY_ERROR_USAGE, _ ("unknown command: '%s'"), words[0]);
        return NULL;
    }
    parsed = g_new0 (VirshParsed, 1);
    parsed->command = command;
    parsed->rows = g_ptr_array_new ();
    parsed->texts = g_ptr_array_new_with_free_func (g_free);
    if (strcmp (command->name, "net-define") == 0 &&
        vy_network_words_are_loose (words + 1)) {
        parsed->loose = g_strdupv ((char **) words + 1);
        return parsed;
    }
    for (gsize i = 1; ok && words[i]; i++) {
        if (names && strcmp (words[i], "--") == 0)
            names = FALSE;
        else if (names && is_name (words[i]))
            ok = take_option (parsed, words, &i, error);
        else
            ok = take_data (parsed, words[i], error);
        /* help explains one command, whatever stands beside it */
        if (!ok && is_help && strcmp (words[i], "--command") != 0) {
            g_clear_error (error);
            ok = TRUE;
        }
    }
    if (ok && !parsed->wants_help)
        ok = check_required (parsed, error);
    if (!ok)
        g_clear_pointer (&parsed, virsh_parsed_free);
    return parsed;
}

/* ---- strings
 * -------------------------------------------------------------------------------- */

typedef enum { TOKEN_WORD, TOKEN_SEPARATOR, TOKEN_END, TOKEN_ERROR } Token;

/* Reads inside quotes, which @at stands on. */
static const char *
read_quoted (const char *at, GString *word, GError **error)
{
    char quote = *at++;

    for (; *at && *at != quote; at++) {
        if (quote == '"' && *at == '\\') {
            if (*++at == '\0')
                break;
            if (*at == '\n')
                continue;
        }
        g_string_append_c (word, *at);
    }
    if (*at == quote)
        return at + 1;
    if (quote == '"') {
        vy_throw (error, VY_ERROR_USAGE, _ ("missing \""));
        return NULL;
    }
    return at; /* an open ' is closed by the end */
}

static Token
next_token (const char **text, GString *word, GError **error)
{
    const char *at = *text;
    gboolean begun = FALSE;

    g_string_truncate (word, 0);
    for (;;) {
        while (*at == ' ' || *at == '\t' || (at[0] == '\\' && at[1] == '\n'))
            at += *at == '\\' ? 2 : 1;
        if (*at != '#')
            break;
        while (*at && *at != '\n')
            at++;
    }
    if (*at == '\0' || *at == ';' || *at == '\n') {
        *text = *at ? at + 1 : at;
        return *at ? TOKEN_SEPARATOR : TOKEN_END;
    }
    while (at && *at && !strchr (" \t;\n", *at)) {
        begun = TRUE;
        if (*at == '"' || *at == '\'') {
            at = read_quoted (at, word, error);
        } else if (*at == '\\') {
            if (at[1] == '\0') {
                vy_throw (error, VY_ERROR_USAGE, _ ("a backslash has nothing behind it"));
                return TOKEN_ERROR;
            }
            if (at[1] != '\n')
                g_string_append_c (word, at[1]);
            at += 2;
        } else {
            g_string_append_c (word, *at++);
        }
    }
    if (!at || !begun)
        return TOKEN_ERROR;
    *text = at;
    return TOKEN_WORD;
}

static gboolean
end_command (GPtrArray *words, GPtrArray *commands, GError **error)
{
    VirshParsed *parsed;

    if (words->len == 0)
        return TRUE;
    if (virsh_is_comment (words->pdata[0])) {
        g_ptr_array_set_size (words, 0);
        return TRUE;
    }
    g_ptr_array_add (words, NULL);
    parsed = virsh_parse_words ((const char *const *) words->pdata, error);
    g_ptr_array_set_size (words, 0);
    if (!parsed)
        return FALSE;
    g_ptr_array_add (commands, parsed);
    return TRUE;
}

GPtrArray *
virsh_parse_string (const char *text, GError **error)
{
    g_autoptr (GPtrArray) commands =
        g_ptr_array_new_with_free_func ((GDestroyNotify) virsh_parsed_free);
    g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GString) word = g_string_new ("");
    Token token;

    do {
        token = next_token (&text, word, error);
        if (token == TOKEN_ERROR)
            return NULL;
        if (token == TOKEN_WORD)
            g_ptr_array_add (words, g_strdup (word->str));
        else if (!end_command (words, commands, error))
            return NULL;
    } while (token != TOKEN_END);
    return g_steal_pointer (&commands);
}

GStrv
virsh_split_last (const char *text, GError **error)
{
    g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GString) word = g_string_new ("");
    const char *before;
    Token token;

    do {
        before = text;
        token = next_token (&text, word, error);
        if (token == TOKEN_ERROR)
            return NULL;
        if (token == TOKEN_WORD)
            g_ptr_array_add (words, g_strdup (word->str));
        else if (token == TOKEN_SEPARATOR)
            g_ptr_array_set_size (words, 0);
    } while (token != TOKEN_END && *text);
    /* a blank or a separator behind the last word begins the next one */
    if (token != TOKEN_WORD || before == text)
        g_ptr_array_add (words, g_strdup (""));
    g_ptr_array_add (words, NULL);
    return (GStrv) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

char *
virsh_shell_quoted (const char *text)
{
    if (*text && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                               "0123456789_./,:+-@%=") == strlen (text))
        return g_strdup (text);
    return g_shell_quote (text);
}
