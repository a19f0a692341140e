/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any lines as words of a command line: in the native style, as virt-install takes them,
 * and before the command of virsh. */
#include "cli-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct {
    gboolean flag;
    int number, choice;
    guint count;
    gint64 big;
    guint64 bigger, size, time_ms;
    double ratio;
    char *text, *maybe;
    char **many, **rest;
} Args;

static const char *const choices[] = { "fast", "slow", NULL };

static const CliOption options[] = {
    { "name", 'n', CLI_STRING, CLI_REQUIRED | CLI_POSITIONAL, CLI_ARG (Args, text),
      N_ ("NAME"), N_ ("a name") },
    { "flag", 'f', CLI_FLAG, 0, CLI_ARG (Args, flag), NULL, N_ ("a flag"),
      .excludes = "number" },
    { "number", 'i', CLI_INT, 0, CLI_ARG (Args, number), N_ ("N"), N_ ("a number") },
    { "count", 'u', CLI_UINT, 0, CLI_ARG (Args, count), N_ ("N"), N_ ("a count") },
    { "big", 0, CLI_INT64, 0, CLI_ARG (Args, big), N_ ("N"), N_ ("a big number") },
    { "bigger", 0, CLI_UINT64, 0, CLI_ARG (Args, bigger), N_ ("N"), N_ ("bigger") },
    { "size", 's', CLI_SIZE, 0, CLI_ARG (Args, size), N_ ("SIZE"), N_ ("a size"),
      .unit = 1024 },
    { "time", 0, CLI_TIME, 0, CLI_ARG (Args, time_ms), N_ ("TIME"), N_ ("a time") },
    { "ratio", 0, CLI_DOUBLE, 0, CLI_ARG (Args, ratio), N_ ("X"), N_ ("a ratio") },
    { "mode", 'm', CLI_ENUM, 0, CLI_ARG (Args, choice), N_ ("MODE"), N_ ("a mode"),
      .choices = choices },
    { "maybe", 0, CLI_STRING, CLI_OPTIONAL_VALUE, CLI_ARG (Args, maybe), N_ ("X"),
      N_ ("with or without a value") },
    { "many", 0, CLI_STRINGS, CLI_EMPTY_OK, CLI_ARG (Args, many), N_ ("X"),
      N_ ("several") },
    { "slow", 0, CLI_ALIAS, 0, .help = N_ ("slowly"), .alias_of = "mode=slow" },
    { "title", 0, CLI_ALIAS, 0, .help = N_ ("a name"), .alias_of = "name" },
    { "rest", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV, CLI_ARG (Args, rest),
      N_ ("WORD"), N_ ("all that is left") },
    { 0 },
};

static gboolean
run (G_GNUC_UNUSED Cli *cli, G_GNUC_UNUSED gpointer args, G_GNUC_UNUSED GError **error)
{
    return TRUE;
}

static const CliCommand commands[] = {
    { "show", N_ ("shows"), options, sizeof (Args), run },
    { "list", N_ ("lists"), NULL, 0, run },
    { 0 },
};
static const CliCommand *const arrays[] = { commands, NULL };
static const CliGroup groups[] = { { "all", N_ ("All"), arrays }, { 0 } };
static const CliProgram programs[] = {
    { "fuzz", N_ ("is fuzzed"), CLI_STYLE_NATIVE, groups },
    { "fuzz-install", N_ ("is fuzzed"), CLI_STYLE_INSTALL, groups, .single = TRUE },
};

static void
parse (const CliProgram *program, const char *text)
{
    g_autoptr (Cli) cli = cli_new (program);
    g_auto (GStrv) words = g_strsplit (text, "\n", -1);
    g_auto (GStrv) copy = g_strdupv (words);
    g_auto (GStrv) found = NULL;
    const CliCommand *command = cli_parse_command (cli, words, NULL);
    gpointer args = command ? cli_args_new (cli, command) : NULL;

    if (args)
        cli_parse (cli, command, (const char *const *) words, args, NULL);
    if (args)
        cli_args_free (command, args);
    found = cli_complete_words (cli, (const char *const *) copy);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autofree char *words = g_strndup ((const char *) data, size);
    g_autofree char *text = g_strconcat ("fuzz\n", words, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
        parse (&programs[i], text);
    return 0;
}
