/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-xml: change the definition of a domain by options */
#include "cli.h"
#include "cli-devices.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char *domain;
    char *edit;
    gboolean add, remove, build;
    gboolean update, define, no_define, start;
    gboolean print_diff, print_xml, confirm;
    char *osinfo;
    char *to_q35, *to_vnc;
    char *capabilities, *domcapabilities, *host_uri;
    gboolean debug;
    char **devices[CLI_MAX_DEVICES];
} Args;

#define ARG(field) CLI_ARG (Args, field)

static const CliOption own_options[] = {
    { "domain", 0, CLI_STRING, CLI_POSITIONAL, ARG (domain), N_ ("DOMAIN"),
      N_ ("name, id or UUID of the domain; without it the XML is read from stdin"),
      cli_complete_domain },
    { "edit", 0, CLI_STRING, CLI_OPTIONAL_VALUE | CLI_EMPTY_OK, ARG (edit), N_ ("WHICH"),
      N_ ("change the device: a number, all, or options that it has; the first by "
          "default"),
      .excludes = "add-device,remove-device,build-xml", .bare_is_null = TRUE },
    { "add-device", 0, CLI_FLAG, 0, ARG (add), NULL, N_ ("add a device"),
      .excludes = "edit,remove-device,build-xml" },
    { "remove-device", 0, CLI_FLAG, 0, ARG (remove), NULL, N_ ("remove a device"),
      .excludes = "edit,add-device,build-xml" },
    { "build-xml", 0, CLI_FLAG, 0, ARG (build), NULL,
      N_ ("print the XML of a device and change nothing"),
      .excludes = "edit,add-device,remove-device" },
    { "update", 0, CLI_FLAG, 0, ARG (update), NULL, N_ ("change the running domain too"),
      .excludes = "start" },
    { "define", 0, CLI_FLAG, 0, ARG (define), NULL,
      N_ ("define the changed domain (this is the default)") },
    { "no-define", 0, CLI_FLAG, 0, ARG (no_define), NULL, N_ ("do not define it"),
      .excludes = "define" },
    { "start", 0, CLI_FLAG, 0, ARG (start), NULL, N_ ("start the domain afterwards") },
    { "print-diff", 0, CLI_FLAG, 0, ARG (print_diff), NULL,
      N_ ("print what changes; without --define nothing else happens") },
    { "print-xml", 0, CLI_FLAG, 0, ARG (print_xml), NULL,
      N_ ("print the whole XML; without --define nothing else happens") },
    { "confirm", 0, CLI_FLAG, 0, ARG (confirm), NULL,
      N_ ("ask before changing anything") },
    { "osinfo", 0, CLI_STRING, 0, ARG (osinfo), N_ ("OS"),
      N_ ("operating system that defaults are chosen for"), cli_complete_os },
    { "os-variant", 0, CLI_ALIAS, CLI_HIDDEN, .help = N_ ("same as --osinfo"),
      .alias_of = "osinfo" },
    { "convert-to-q35", 0, CLI_STRING, CLI_OPTIONAL_VALUE, ARG (to_q35), N_ ("OPTIONS"),
      N_ ("convert the machine type to q35") },
    { "convert-to-vnc", 0, CLI_STRING, CLI_OPTIONAL_VALUE, ARG (to_vnc), N_ ("OPTIONS"),
      N_ ("convert the display to VNC") },
    { "host-capabilities", 0, CLI_STRING, CLI_FILE, ARG (capabilities), N_ ("FILE"),
      N_ ("take the host's capabilities from a file") },
    { "host-domcapabilities", 0, CLI_STRING, CLI_FILE, ARG (domcapabilities), N_ ("FILE"),
      N_ ("take the domain capabilities from a file") },
    { "host-uri", 0, CLI_STRING, 0, ARG (host_uri), N_ ("URI"),
      N_ ("decide as for a connection to this URI") },
    { "debug", 'd', CLI_FLAG, 0, ARG (debug), NULL, N_ ("print the steps to stderr") },
    { 0 },
};

/* ---- what is asked for ---------------------------------------------------------------
 */

static const VyDevice *
find_change (const Args *args, guint *count)
{
    const VyDevice *const *all = vy_device_list ();
    const VyDevice *found = NULL;

    *count = 0;
    for (gsize i = 0; all[i]; i++)
        if (args->devices[i]) {
            found = all[i];
            ++*count;
        }
    return found;
}

static gboolean
check_args (Cli *cli, const Args *args, GError **error)
{
    gboolean converts =
        cli_has (cli, "convert-to-q35") || cli_has (cli, "convert-to-vnc");
    guint changes;

    find_change (args, &changes);
    if (!cli_has (cli, "edit") && !args->add && !args->remove && !args->build &&
        !converts)
        return vy_throw (error, VY_ERROR_FAILED,
                         _ ("one of --edit, --add-device, --remove-device, --build-xml, "
                            "--convert-to-q35, --convert-to-vnc is needed"));
    if (changes == 0 && !converts)
        return vy_throw (error, VY_ERROR_FAILED, _ ("nothing to change was named"));
    if (args->osinfo && !args->add && !args->build)
        return vy_throw (error, VY_ERROR_FAILED,
                         _ ("--osinfo is for --add-device and --build-xml"));
    if (changes > 1)
        return vy_throw (error, VY_ERROR_FAILED,
                         _ ("only one kind of option can be changed at a time"));
    if (!args->domain && !args->build && (args->update || args->confirm || args->start))
        return vy_throw (error, VY_ERROR_FAILED,
                         _ ("--update, --confirm and --start need a domain's name"));
    return TRUE;
}

static VyDefinition *
read_stdin (GError **error)
{
    g_autoptr (GIOChannel) channel = g_io_channel_unix_new (STDIN_FILENO);
    g_autofree char *text = NULL;

    if (isatty (STDIN_FILENO)) {
        vy_throw (error, VY_ERROR_FAILED, _ ("name a domain, or give its XML on stdin"));
        return NULL;
    }
    g_io_channel_set_encoding (channel, NULL, NULL);
    if (g_io_channel_read_to_end (channel, &text, NULL, error) != G_IO_STATUS_NORMAL)
        return NULL;
    if (*g_strstrip (text) == '\0') {
        vy_throw (error, VY_ERROR_FAILED, _ ("name a domain, or give its XML on stdin"));
        return NULL;
    }
    return vy_definition_parse (text, error);
}

/* ---- what is done
 * ------------------------------------------------------------------------ */

static gboolean
build (Cli *cli, const Args *args, VyHost *host, GError **error)
{
    guint count;
    const VyDevice *device = find_change (args, &count);
    char **texts;
    g_autofree char *xml = NULL;
    g_autoptr (VyDefinition) definition =
        args->domain ? vy_definition_load (vy_host_get_conn (host), args->domain, error)
                     : NULL;

    if (args->domain && !definition)
        return FALSE;
    texts = cli_devices_texts ((char ***) args->devices, device);
    xml = vy_edit_build (host, definition ? vy_definition_get_root (definition) : NULL,
                         device, texts[0], args->osinfo, error);
    if (!xml)
        return FALSE;
    if (texts[1])
        cli_warn (cli, _ ("only the first --%s is built"), device->option);
    cli_print (cli, "%s", xml);
    return TRUE;
}

static VyEditAction
action_of (const Args *args)
{
    return args->add ? VY_EDIT_ADD : args->remove ? VY_EDIT_REMOVE : VY_EDIT_CHANGE;
}

static gboolean
change (Cli *cli, const Args *args, VyHost *host, VyDefinition *definition,
        GPtrArray *changed, GError **error)
{
    guint count;
    const VyDevice *device = find_change (args, &count);
    xmlNode *root = vy_definition_get_root (definition);

    if (args->osinfo && !vy_edit_set_os (host, root, args->osinfo, error))
        return FALSE;
    if (device && !vy_edit_apply (host, root, action_of (args), device, args->edit,
                                  (const char *const *) cli_devices_texts (
                                      (char ***) args->devices, device),
                                  changed, error))
        return FALSE;
    if (cli_has (cli, "convert-to-vnc") &&
        !vy_convert_to_vnc (host, root, args->to_vnc, error))
        return FALSE;
    return !cli_has (cli, "convert-to-q35") ||
           vy_convert_to_q35 (host, root, args->to_q35, error);
}

/* Asks on the terminal; anything but "y" and "yes" is no. */
static gboolean
ask (const char *question)
{
    char answer[16] = "";

    fprintf (stderr, "%s (y/n): ", question);
    if (!fgets (answer, sizeof answer, stdin))
        return FALSE;
    g_strchomp (answer);
    return g_ascii_strcasecmp (answer, "y") == 0 ||
           g_ascii_strcasecmp (answer, "yes") == 0;
}

static gboolean
change_live (const Args *args, VyDefinition *definition, GPtrArray *changed,
             GError **error)
{
    VyLiveChange kind = args->add      ? VY_LIVE_ATTACH
                        : args->remove ? VY_LIVE_DETACH
                                       : VY_LIVE_UPDATE;

    for (guint i = 0; i < changed->len; i++) {
        xmlNode *node = g_ptr_array_index (changed, i);

        if (node == vy_definition_get_root (definition))
            return vy_throw (error, VY_ERROR_FAILED,
                             _ ("this option cannot be changed while the domain runs"));
        if (!vy_definition_change_live (definition, kind, node, error))
            return FALSE;
    }
    return TRUE;
}

/* Prints what was asked for. Returns: whether the domain is to be changed at all. */
static gboolean
print_result (Cli *cli, const Args *args, VyDefinition *definition)
{
    g_autofree char *diff = vy_definition_diff (definition);
    g_autofree char *xml = vy_definition_get_xml (definition);
    gboolean printed = args->print_diff || args->print_xml || !args->domain;

    if (args->print_diff)
        cli_print (cli, "%s", diff);
    else if (args->print_xml || !args->domain)
        cli_print (cli, "%s", xml);
    if (args->confirm && !args->print_diff)
        fprintf (stderr, "%s", diff);
    return args->define || args->start || args->update || !printed;
}

static guint
steps_of (const Args *args)
{
    guint steps = args->update ? VY_EDIT_LIVE : 0;

    if (args->start)
        steps |= VY_EDIT_START;
    if (!args->no_define && args->domain)
        steps |= VY_EDIT_DEFINE;
    return steps;
}

/* A change of more than one step is done as a whole or not at all. */
static gboolean
needs_plan (const Args *args, GPtrArray *changed, guint steps)
{
    return (steps & (steps - 1)) || ((steps & VY_EDIT_LIVE) && changed->len > 1) ||
           (!args->remove && vy_edit_makes_volumes (changed));
}

static gboolean
run_plan (Cli *cli, const Args *args, VyHost *host, VyDefinition *definition,
          GPtrArray *changed, guint steps, GError **error)
{
    g_autoptr (VyPlan) plan =
        vy_edit_plan (host, definition, action_of (args), changed, steps, error);

    return plan && cli_run_plan (cli, plan, FALSE, error);
}

static gboolean
run_call (const Args *args, VyHost *host, VyDefinition *definition, GPtrArray *changed,
          guint steps, GError **error)
{
    virConnectPtr conn = vy_host_get_conn (host);

    if (steps & VY_EDIT_DEFINE)
        return vy_definition_define (definition, conn, error);
    if (steps & VY_EDIT_LIVE)
        return change_live (args, definition, changed, error);
    return !(steps & VY_EDIT_START) ||
           vy_definition_start (definition, conn, TRUE, error);
}

static gboolean
finish (Cli *cli, const Args *args, VyHost *host, VyDefinition *definition,
        GPtrArray *changed, GError **error)
{
    static const struct {
        guint step;
        const char *text;
    } done[] = { { VY_EDIT_LIVE, N_ ("Device of the running domain '%s' changed.\n") },
                 { VY_EDIT_DEFINE, N_ ("Domain '%s' defined successfully.\n") },
                 { VY_EDIT_START, N_ ("Domain '%s' started successfully.\n") } };
    g_autofree char *name = vy_definition_get_name (definition);
    guint steps = steps_of (args);
    gboolean ok;

    if (!print_result (cli, args, definition))
        return TRUE;
    if (args->confirm && !ask (_ ("Change the domain so?")))
        return TRUE;
    ok = needs_plan (args, changed, steps)
             ? run_plan (cli, args, host, definition, changed, steps, error)
             : run_call (args, host, definition, changed, steps, error);
    for (gsize i = 0; ok && i < G_N_ELEMENTS (done); i++)
        if (steps & done[i].step)
            cli_say (cli, _ (done[i].text), name);
    return ok;
}

static gboolean
check_state (Cli *cli, Args *args, VyDefinition *definition, GError **error)
{
    virDomainPtr domain = vy_definition_get_domain (definition);
    int active = domain ? virDomainIsActive (domain) : 0;

    if (args->update && active != 1 && args->no_define)
        return vy_throw (error, VY_ERROR_STATE, _ ("--update needs a domain that runs"));
    if (args->update && active != 1)
        cli_warn (cli, _ ("the domain does not run: only its definition is changed"));
    args->update = args->update && active == 1;
    if (args->start && !args->confirm && active == 1)
        return vy_throw (error, VY_ERROR_STATE, _ ("the domain runs already"));
    return TRUE;
}

static gboolean
run (Cli *cli, gpointer data, GError **error)
{
    Args *args = data;
    g_autoptr (GPtrArray) changed = g_ptr_array_new ();
    g_autoptr (VyDefinition) definition = NULL;
    g_autoptr (VyHost) host = NULL;
    VyHostStandIns stand_ins = { args->capabilities, args->domcapabilities,
                                 args->host_uri };

    if (cli_devices_print_listings (cli, (char ***) args->devices))
        return TRUE;
    if (!check_args (cli, args, error) || !(host = cli_host (cli, &stand_ins, error)))
        return FALSE;
    if (args->build)
        return build (cli, args, host, error);
    definition = args->domain
                     ? vy_definition_load (vy_host_get_conn (host), args->domain, error)
                     : read_stdin (error);
    return definition && check_state (cli, args, definition, error) &&
           change (cli, args, host, definition, changed, error) &&
           finish (cli, args, host, definition, changed, error);
}

int
main (int argc, char **argv)
{
    g_autofree CliOption *options =
        cli_devices_options (own_options, offsetof (Args, devices));
    CliCommand commands[] = {
        { "virt-xml", N_ ("change the definition of a domain by options"), options,
          sizeof (Args), run },
        { 0 },
    };
    const CliCommand *const all[] = { commands, NULL };
    const CliGroup groups[] = { { "domain", N_ ("Domains"), all }, { 0 } };
    const CliProgram program = { "virt-xml",
                                 N_ ("change the definition of a domain by options"),
                                 CLI_STYLE_INSTALL, groups, TRUE };

    return cli_main (&program, argc, argv);
}
