/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What people and programs note in a network: net-desc net-metadata */
#include "virsh.h"

/* What the library is too old for is absent: such commands are unknown. */
#if LIBVIR_CHECK_VERSION(9, 7, 0)
typedef struct {
    char *network, *uri, *key, *set;
    gboolean title, edit, remove;
    char **words;
    VirshAffect affect;
} Args;

/* "" when there is none; NULL with @error. */
static char *
read_note (virNetworkPtr network, int type, const char *uri, unsigned flags,
           GError **error)
{
    VIRSH_TEXT text = virNetworkGetMetadata (network, type, uri, flags);

    if (text)
        return g_strdup (text);
    if (virGetLastErrorCode () == VIR_ERR_NO_NETWORK_METADATA)
        return g_strdup ("");
    virsh_fail (error, _ ("failed to get the metadata of network %s"),
                virNetworkGetName (network));
    return NULL;
}

static gboolean
set_note (const Args *args, virNetworkPtr network, int type, const char *text,
          unsigned flags, GError **error)
{
    return virNetworkSetMetadata (network, type, text, args->key, args->uri, flags) ==
               0 ||
           virsh_fail (error, _ ("failed to change the metadata of network %s"),
                       virNetworkGetName (network));
}

/* ---- net-desc
 * ----------------------------------------------------------------------------- */

/* The text out of the words or an editor; *text is NULL when it stays. */
static gboolean
new_text (Cli *cli, const Args *args, const char *old, char **text, GError **error)
{
    g_autofree char *given = args->words ? g_strjoinv (" ", args->words) : g_strdup (old);

    if (!args->edit) {
        *text = g_steal_pointer (&given);
        return TRUE;
    }
    if (!virsh_edit (cli, given, text, error))
        return FALSE;
    if (*text && args->title) /* many editors end a file with a newline */
        g_strchomp (*text);
    return TRUE;
}

static gboolean
set_desc (Cli *cli, const Args *args, virNetworkPtr network, const char *old,
          unsigned flags, GError **error)
{
    int type =
        args->title ? VIR_NETWORK_METADATA_TITLE : VIR_NETWORK_METADATA_DESCRIPTION;
    g_autofree char *text = NULL;

    if (!new_text (cli, args, old, &text, error))
        return FALSE;
    if (!text) {
        cli_say (cli, args->title ? _ ("Network title not changed\n")
                                  : _ ("Network description not changed\n"));
        return TRUE;
    }
    if (!set_note (args, network, type, text, flags, error))
        return FALSE;
    cli_say (cli, args->title ? _ ("Network title updated successfully")
                              : _ ("Network description updated successfully"));
    return TRUE;
}

static gboolean
run_desc (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    int type =
        args->title ? VIR_NETWORK_METADATA_TITLE : VIR_NETWORK_METADATA_DESCRIPTION;
    g_autoptr (virNetwork) network = NULL;
    g_autofree char *old = NULL;
    unsigned flags; /* the numbers of domains and networks are the same */

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(network = virsh_network (cli, args->network, error)) ||
        !(old = read_note (network, type, NULL, flags, error)))
        return FALSE;
    if (args->edit || args->words)
        return set_desc (cli, args, network, old, flags, error);
    if (*old)
        cli_print (cli, "%s", old);
    else
        cli_say (cli,
                 args->title ? _ ("No title for network: %s")
                             : _ ("No description for network: %s"),
                 virNetworkGetName (network));
    return TRUE;
}

/* ---- net-metadata
 * ----------------------------------------------------------------------------- */

static gboolean
edit_element (Cli *cli, const Args *args, virNetworkPtr network, unsigned flags,
              GError **error)
{
    g_autofree char *old =
        read_note (network, VIR_NETWORK_METADATA_ELEMENT, args->uri, flags, error);
    g_autofree char *edited = NULL;

    if (!old || !virsh_edit (cli, *old ? old : "\n", &edited, error))
        return FALSE;
    if (edited &&
        !set_note (args, network, VIR_NETWORK_METADATA_ELEMENT, edited, flags, error))
        return FALSE;
    cli_say (cli, edited ? _ ("Metadata modified\n") : _ ("Metadata not changed"));
    return TRUE;
}

static gboolean
change_element (Cli *cli, const Args *args, virNetworkPtr network, unsigned flags,
                GError **error)
{
    if (!set_note (args, network, VIR_NETWORK_METADATA_ELEMENT, args->set, flags, error))
        return FALSE;
    cli_say (cli, args->set ? _ ("Metadata modified\n") : _ ("Metadata removed\n"));
    return TRUE;
}

static gboolean
run_metadata (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virNetwork) network = NULL;
    VIRSH_TEXT text = NULL;
    unsigned flags;

    if (!args->key && (args->set || args->edit))
        return vy_throw (error, VY_ERROR_USAGE,
                         _ ("namespace key is required when modifying metadata"));
    if (!virsh_affect (&args->affect, &flags, error) ||
        !(network = virsh_network (cli, args->network, error)))
        return FALSE;
    if (args->edit)
        return edit_element (cli, args, network, flags, error);
    if (args->set || args->remove)
        return change_element (cli, args, network, flags, error);
    text =
        virNetworkGetMetadata (network, VIR_NETWORK_METADATA_ELEMENT, args->uri, flags);
    if (!text)
        return virsh_fail (error, _ ("failed to get the metadata of network %s"),
                           args->network);
    cli_print (cli, "%s\n", text);
    return TRUE;
}

#define AFFECT                                                                           \
    VIRSH_FLAG (Args, affect.live, "live", "of the network that runs"),                  \
        VIRSH_FLAG (Args, affect.config, "config", "of the next start"),                 \
        VIRSH_FLAG (Args, affect.current, "current", "of the state the network is in")
static const CliOption desc_options[] = {
    VIRSH_NETWORK (Args, network),
    AFFECT,
    VIRSH_FLAG (Args, title, "title", "the title rather than the description"),
    VIRSH_FLAG (Args, edit, "edit", "change it in an editor"),
    { "new-desc", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV, offsetof (Args, words),
      N_ ("TEXT"), N_ ("the new text") },
    { 0 },
};
static const CliOption metadata_options[] = {
    VIRSH_NETWORK (Args, network),
    VIRSH_NAME (Args, uri, "uri", "URI", "namespace of the element", NULL),
    AFFECT,
    { .name = "edit",
      .type = CLI_FLAG,
      .offset = offsetof (Args, edit),
      .help = N_ ("change it in an editor"),
      .excludes = "set" },
    VIRSH_STRING (Args, key, "key", "PREFIX", "prefix of the namespace"),
    VIRSH_STRING (Args, set, "set", "XML", "the new element"),
    { .name = "remove",
      .type = CLI_FLAG,
      .offset = offsetof (Args, remove),
      .help = N_ ("remove the element"),
      .excludes = "set,edit" },
    { 0 },
};
#endif

const CliCommand virsh_network_metadata_commands[] = {
#if LIBVIR_CHECK_VERSION(9, 7, 0)
    { "net-desc", N_ ("show or set a network's description or title"), desc_options,
      sizeof (Args), run_desc, CLI_NEWER_COMMAND },
    { "net-metadata", N_ ("show or set metadata of a network"), metadata_options,
      sizeof (Args), run_metadata, CLI_NEWER_COMMAND },
#endif
    { 0 },
};
