/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-clone: copy a domain with its disks */
#include <string.h>

#include "cli.h"

typedef struct {
    char *original, *original_xml, *name, *uuid, *nvram;
    gboolean auto_clone, reflink, linked, nonsparse, preserve, replace, print_xml;
    gboolean dry_run, debug, prompt, force;
    char **files, **force_copy, **skip_copy, **macs, **checks;
    char *capabilities, *domcapabilities, *host_uri;
} Args;

#define ARG(field) CLI_ARG (Args, field)

static const CliOption options[] = {
    CLI_HEADING (N_ ("What is cloned")),
    { "original", 'o', CLI_STRING, 0, ARG (original), N_ ("DOMAIN"),
      N_ ("the domain that is cloned; it must be shut off"), cli_complete_domain },
    { "original-xml", 0, CLI_STRING, CLI_FILE, ARG (original_xml), N_ ("FILE"),
      N_ ("read what is cloned from a file, \"-\" for stdin"), .excludes = "original" },
    { "name", 'n', CLI_STRING, 0, ARG (name), N_ ("NAME"), N_ ("name of the clone") },
    { "auto-clone", 0, CLI_FLAG, 0, ARG (auto_clone), NULL,
      N_ ("make name and paths of the clone out of the original's") },
    { "uuid", 'u', CLI_STRING, 0, ARG (uuid), N_ ("UUID"),
      N_ ("UUID of the clone instead of a new one") },
    CLI_HEADING (N_ ("Its disks")),
    { "file", 'f', CLI_STRINGS, CLI_FILE, ARG (files), N_ ("PATH"),
      N_ ("image of the clone's next disk; may be given for each of them") },
    { "linked", 0, CLI_FLAG, 0, ARG (linked), NULL,
      N_ ("make overlays on the disks of an original that cannot write to them any more"),
      .excludes = "reflink,preserve-data,nonsparse" },
    { "reflink", 0, CLI_FLAG, 0, ARG (reflink), NULL,
      N_ ("share the blocks of the copies, as Btrfs and XFS can"),
      .excludes = "preserve-data,nonsparse" },
    { "nonsparse", 0, CLI_FLAG, 0, ARG (nonsparse), NULL,
      N_ ("copies take all their space at once") },
    { "preserve-data", 0, CLI_FLAG, 0, ARG (preserve), NULL,
      N_ ("the images named with --file are there and are not written") },
    { "force-copy", 0, CLI_STRINGS, 0, ARG (force_copy), N_ ("TARGET"),
      N_ ("copy a disk though it is read-only or shareable: hdc") },
    { "skip-copy", 0, CLI_STRINGS, 0, ARG (skip_copy), N_ ("TARGET"),
      N_ ("let the clone use the same disk as the original: vda") },
    { "nvram", 0, CLI_STRING, CLI_FILE, ARG (nvram), N_ ("PATH"),
      N_ ("file for the UEFI variables of the clone") },
    CLI_HEADING (N_ ("Its network")),
    { "mac", 'm', CLI_STRINGS, 0, ARG (macs), N_ ("MAC"),
      N_ ("address of the next network card; RANDOM makes one, as by default") },
    CLI_HEADING (N_ ("What is done")),
    { "replace", 0, CLI_FLAG, 0, ARG (replace), NULL,
      N_ ("take away a domain that has the name") },
    { "print-xml", 0, CLI_FLAG, 0, ARG (print_xml), NULL,
      N_ ("print the XML of the clone and make nothing") },
    { "dry-run", 0, CLI_FLAG, 0, ARG (dry_run), NULL,
      N_ ("print the steps and make nothing") },
    { "check", 0, CLI_STRINGS, 0, ARG (checks), N_ ("CHECK=on|off"),
      N_ ("switch checks: path_in_use, path_exists, disk_size, mac_in_use, all") },
    { "host-capabilities", 0, CLI_STRING, CLI_FILE, ARG (capabilities), N_ ("FILE"),
      N_ ("take the host's capabilities from a file") },
    { "host-domcapabilities", 0, CLI_STRING, CLI_FILE, ARG (domcapabilities), N_ ("FILE"),
      N_ ("take the domain capabilities from a file") },
    { "host-uri", 0, CLI_STRING, 0, ARG (host_uri), N_ ("URI"),
      N_ ("decide as for a connection to this URI") },
    { "debug", 'd', CLI_FLAG, 0, ARG (debug), NULL, N_ ("print the steps to stderr") },
    { "prompt", 0, CLI_FLAG, CLI_HIDDEN, ARG (prompt), NULL, N_ ("does nothing") },
    { "force", 0, CLI_FLAG, CLI_HIDDEN, ARG (force), NULL,
      N_ ("same as --check all=off") },
    { 0 },
};

/* ---- checks -------------------------------------------------------------------------
 */

static const struct {
    const char *name;
    guint check;
} checks[] = { { "path_in_use", VY_CLONE_CHECK_PATH_IN_USE },
               { "disk_size", VY_CLONE_CHECK_DISK_SIZE },
               { "path_exists", VY_CLONE_CHECK_PATH_EXISTS },
               { "mac_in_use", VY_CLONE_CHECK_MAC_IN_USE },
               { "all", VY_CLONE_CHECK_ALL } };

static gboolean
print_checks (Cli *cli, const Args *args)
{
    for (char **text = args->checks; text && *text; text++) {
        if (!vy_device_is_listing (*text))
            continue;
        cli_print (cli, _ ("--%s options:\n"), "check");
        for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
            cli_print (cli, "  %s\n", checks[i].name);
        return TRUE;
    }
    return FALSE;
}

static gboolean
switch_check (const char *name, gboolean on, guint *set, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS (checks); i++) {
        if (strcmp (checks[i].name, name) != 0)
            continue;
        *set = on ? *set | checks[i].check : *set & ~checks[i].check;
        return TRUE;
    }
    vy_throw (error, VY_ERROR_INVALID, _ ("there is no check '%s'"), name);
    vy_error_set_hint (error, _ ("--check ? lists them"));
    return FALSE;
}

static gboolean
read_checks (const Args *args, guint *set, GError **error)
{
    *set = args->force ? 0 : VY_CLONE_CHECK_ALL;
    for (char **text = args->checks; text && *text; text++) {
        g_auto (GStrv) words = g_strsplit (*text, ",", -1);

        for (char **word = words; *word; word++) {
            char *value = strchr (*word, '=');
            gboolean on = TRUE;

            if (value)
                *value++ = '\0';
            if ((value && !vy_boolean_parse (value, &on, error)) ||
                !switch_check (*word, on, set, error))
                return FALSE;
        }
    }
    return TRUE;
}

/* ---- running ------------------------------------------------------------------------
 */

static gboolean
check_args (const Args *args, GError **error)
{
    if (!args->original && !args->original_xml) {
        vy_throw (error, VY_ERROR_FAILED, _ ("which domain is to be cloned?"));
        vy_error_set_hint (error, _ ("name it with --original"));
        return FALSE;
    }
    if (!args->auto_clone && !args->files && !args->linked)
        return vy_throw (error, VY_ERROR_FAILED,
                         _ ("--auto-clone, --file or --linked is needed"));
    if (!args->name && !args->auto_clone) {
        vy_throw (error, VY_ERROR_FAILED, _ ("the clone has no name"));
        vy_error_set_hint (error, _ ("give --name, or --auto-clone"));
        return FALSE;
    }
    return TRUE;
}

static VyClone *
make_clone (const Args *args, VyHost *host, GError **error)
{
    g_autoptr (xmlDoc) doc =
        args->original_xml ? vy_xml_parse_file (args->original_xml, error) : NULL;
    g_autofree char *xml = doc ? vy_xml_to_string (xmlDocGetRootElement (doc)) : NULL;
    VyCloneSettings settings = {
        .original = args->original,
        .original_xml = xml,
        .name = args->name,
        .uuid = args->uuid,
        .paths = (const char *const *) args->files,
        .auto_paths = args->auto_clone,
        .macs = (const char *const *) args->macs,
        .force_copy = (const char *const *) args->force_copy,
        .skip_copy = (const char *const *) args->skip_copy,
        .nvram = args->nvram,
        .preserve = args->preserve,
        .nonsparse = args->nonsparse,
        .reflink = args->reflink,
        .linked = args->linked,
        .replace = args->replace,
    };

    if ((args->original_xml && !doc) || !read_checks (args, &settings.checks, error))
        return NULL;
    return vy_clone_new (host, &settings, error);
}

static gboolean
report (Cli *cli, VyClone *clone, GError **error)
{
    xmlNode *domain = vy_clone_get_domain (clone);
    g_autofree char *name = vy_xml_get (domain, "name");
    g_autofree char *uuid = vy_xml_get (domain, "uuid");
    g_auto (GStrv) images = vy_clone_list_images (clone);
    g_autoptr (CliRecord) record = NULL;

    if (!cli_is_structured (cli)) {
        cli_say (cli, _ ("\nClone '%s' created successfully.\n"), name);
        return TRUE;
    }
    record = cli_record_new ();
    cli_record_string (record, "name", NULL, name);
    cli_record_string (record, "uuid", NULL, uuid);
    cli_record_strings (record, "images", NULL, (const char *const *) images);
    return cli_print_record (cli, record, 15, error);
}

static gboolean
print_domain (Cli *cli, VyClone *clone)
{
    g_autofree char *text = vy_xml_to_string (vy_clone_get_domain (clone));

    cli_print (cli, "%s", text);
    return TRUE;
}

static void
print_steps (Cli *cli, const VyPlan *plan)
{
    for (guint i = 0; i < vy_plan_get_n_steps (plan); i++)
        cli_warn (cli, _ ("step %u: %s"), i + 1, vy_plan_get_description (plan, i));
}

static gboolean
run (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    VyHostStandIns stand_ins = { args->capabilities, args->domcapabilities,
                                 args->host_uri };
    g_autoptr (VyHost) host = NULL;
    g_autoptr (VyClone) clone = NULL;
    g_autoptr (VyPlan) plan = NULL;

    if (print_checks (cli, args))
        return TRUE;
    if (!check_args (args, error) || !(host = cli_host (cli, &stand_ins, error)) ||
        !(clone = make_clone (args, host, error)))
        return FALSE;
    if (args->print_xml)
        return print_domain (cli, clone);
    for (const char *const *remark = vy_clone_list_remarks (clone); *remark; remark++)
        cli_warn (cli, "%s", *remark);
    plan = vy_clone_plan (clone, error);
    if (plan && args->debug)
        print_steps (cli, plan);
    if (!plan || !cli_run_plan (cli, plan, args->dry_run, error))
        return FALSE;
    return args->dry_run || report (cli, clone, error);
}

int
main (int argc, char **argv)
{
    static const CliCommand commands[] = {
        { "virt-clone", N_ ("copy a domain with its disks"), options, sizeof (Args),
          run },
        { 0 },
    };
    static const CliCommand *const all[] = { commands, NULL };
    static const CliGroup groups[] = { { "domain", N_ ("Domains"), all }, { 0 } };
    static const CliProgram program = { "virt-clone", N_ ("copy a domain with its disks"),
                                        CLI_STYLE_INSTALL, groups, TRUE };

    return cli_main (&program, argc, argv);
}
