/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard-seed: make a seed image for cloud-init */
#include "cli.h"

typedef struct {
    char *path;
    char *hostname;
    char *user_data, *meta_data, *network_config;
    char *root_password_file, *root_ssh_key, *user_ssh_key;
    gboolean generate, disable;
    gboolean print;
} SeedArgs;

static const CliOption seed_options[] = {
    { "path", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      CLI_ARG (SeedArgs, path), N_ ("FILE"),
      N_ ("image to make; it must not exist yet") },
    { "hostname", 0, CLI_STRING, 0, CLI_ARG (SeedArgs, hostname), N_ ("NAME"),
      N_ ("host name of the guest"), .excludes = "meta-data" },
    { "root-password-file", 0, CLI_STRING, CLI_FILE,
      CLI_ARG (SeedArgs, root_password_file), N_ ("FILE"),
      N_ ("take root's password from the first line of a file"),
      .excludes = "generate-root-password,user-data" },
    { "generate-root-password", 0, CLI_FLAG, 0, CLI_ARG (SeedArgs, generate), NULL,
      N_ ("give root a new password, to be changed at the first login"),
      .excludes = "user-data" },
    { "root-ssh-key", 0, CLI_STRING, CLI_FILE, CLI_ARG (SeedArgs, root_ssh_key),
      N_ ("FILE"), N_ ("let the owner of a public key log in as root"),
      .excludes = "user-data" },
    { "user-ssh-key", 0, CLI_STRING, CLI_FILE, CLI_ARG (SeedArgs, user_ssh_key),
      N_ ("FILE"), N_ ("let the owner of a public key log in as the image's own user"),
      .excludes = "user-data" },
    { "disable", 0, CLI_FLAG, 0, CLI_ARG (SeedArgs, disable), NULL,
      N_ ("keep cloud-init from running after the first boot"), .excludes = "user-data" },
    { "user-data", 0, CLI_STRING, CLI_FILE, CLI_ARG (SeedArgs, user_data), N_ ("FILE"),
      N_ ("take user-data from a file") },
    { "meta-data", 0, CLI_STRING, CLI_FILE, CLI_ARG (SeedArgs, meta_data), N_ ("FILE"),
      N_ ("take meta-data from a file; otherwise it has a new instance id") },
    { "network-config", 0, CLI_STRING, CLI_FILE, CLI_ARG (SeedArgs, network_config),
      N_ ("FILE"), N_ ("take the network's configuration from a file") },
    { "print", 0, CLI_FLAG, 0, CLI_ARG (SeedArgs, print), NULL,
      N_ ("print the documents and make nothing") },
    { 0 },
};

static VySeed *
new_seed (const SeedArgs *args, GError **error)
{
    const VySeedSettings settings = {
        .name = args->hostname,
        .meta_data = args->meta_data,
        .user_data = args->user_data,
        .network_config = args->network_config,
        .root_password_file = args->root_password_file,
        .generate_root_password = args->generate,
        .root_ssh_key = args->root_ssh_key,
        .user_ssh_key = args->user_ssh_key,
        .disable = args->disable,
    };

    return vy_seed_new (&settings, error);
}

static gboolean
print_documents (Cli *cli, const VySeed *seed, GError **error)
{
    static const struct {
        const char *name, *key;
    } documents[] = { { "meta-data", "meta_data" },
                      { "user-data", "user_data" },
                      { "network-config", "network_config" } };
    g_autoptr (CliRecord) record = cli_record_new ();

    for (gsize i = 0; i < G_N_ELEMENTS (documents); i++) {
        const char *text = vy_seed_get_document (seed, documents[i].name);

        cli_record_string (record, documents[i].key, NULL, text);
        if (text && !cli_is_structured (cli))
            cli_print (cli, "---- %s\n%s", documents[i].name, text);
    }
    return !cli_is_structured (cli) || cli_print_record (cli, record, 16, error);
}

static gboolean
run_seed (Cli *cli, gpointer data, GError **error)
{
    const SeedArgs *args = data;
    g_autoptr (VySeed) seed = new_seed (args, error);
    g_autoptr (CliRecord) record = cli_record_new ();

    if (!seed)
        return FALSE;
    if (args->print)
        return print_documents (cli, seed, error);
    if (!vy_seed_write (seed, args->path, error))
        return FALSE;
    cli_record_string (record, "path", _ ("Seed"), args->path);
    if (vy_seed_get_root_password (seed))
        cli_record_string (record, "root_password", _ ("Root password"),
                           vy_seed_get_root_password (seed));
    return cli_print_record (cli, record, 16, error);
}

static const CliCommand commands[] = {
    { "virtyard-seed", N_ ("make a seed image for cloud-init"), seed_options,
      sizeof (SeedArgs), run_seed, CLI_NO_CONNECTION },
    { 0 },
};

static const CliCommand *const all_commands[] = { commands, NULL };

static const CliGroup groups[] = {
    { "seed", N_ ("Seeds"), all_commands },
    { 0 },
};

int
main (int argc, char **argv)
{
    static const CliProgram program = { "virtyard-seed",
                                        N_ ("make a seed image for cloud-init"),
                                        CLI_STYLE_NATIVE, groups, .single = TRUE };

    return cli_main (&program, argc, argv);
}
