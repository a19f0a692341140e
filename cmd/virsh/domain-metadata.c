/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What people and programs note in a domain: desc metadata */
#include "virsh.h"

typedef struct {
    char *domain, *uri, *key, *set;
    gboolean title, edit, remove;
    char **words;
    VirshAffect affect;
} Args;

/* "" when there is none; NULL with @error. */
static char *
read_metadata (virDomainPtr domain, int type, const char *uri, unsigned flags,
               GError **error)
{
    VIRSH_TEXT text = virDomainGetMetadata (domain, type, uri, flags);

    if (text)
        return g_strdup (text);
    if (virGetLastErrorCode () == VIR_ERR_NO_DOMAIN_METADATA)
        return g_strdup ("");
    virsh_fail (error, "%s", "");
    return NULL;
}

/* ---- desc
 * --------------------------------------------------------------------------------- */

static gboolean
print_desc (Cli *cli, const Args *args, virDomainPtr domain, const char *text)
{
    if (*text)
        cli_print (cli, "%s", text);
    else
        cli_say (cli,
                 args->title ? _ ("No title for domain: %s")
                             : _ ("No description for domain: %s"),
                 virDomainGetName (domain));
    return TRUE;
}

/* Many editors end a file with a newline, which no title needs. */
static char *
edit_desc (Cli *cli, const Args *args, const char *text, GError **error)
{
    char *edited = virsh_edit_text (cli, text, error);

    if (edited && args->title && g_str_has_suffix (edited, "\n"))
        edited[strlen (edited) - 1] = '\0';
    return edited;
}

static gboolean
set_desc (Cli *cli, const Args *args, virDomainPtr domain, const char *old,
          unsigned flags, GError **error)
{
    int type = args->title ? VIR_DOMAIN_METADATA_TITLE : VIR_DOMAIN_METADATA_DESCRIPTION;
    g_autofree char *given = args->words ? g_strjoinv (" ", args->words) : NULL;
    g_autofree char *edited =
        args->edit ? edit_desc (cli, args, given ? given : old, error) : NULL;

    if (args->edit && !edited)
        return FALSE;
    if (args->edit && strcmp (old, edited) == 0) {
        cli_say (cli, args->title ? _ ("Domain title not changed\n")
                                  : _ ("Domain description not changed\n"));
        return TRUE;
    }
    if (virDomainSetMetadata (domain, type, edited ? edited : given, NULL, NULL, flags) <
        0)
        return virsh_fail (error, "%s",
                           args->title ? _ ("Failed to set new domain title")
                                       : _ ("Failed to set new domain description"));
    cli_say (cli, args->title ? _ ("Domain title updated successfully")
                              : _ ("Domain description updated successfully"));
    return TRUE;
}

static gboolean
run_desc (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    int type = args->title ? VIR_DOMAIN_METADATA_TITLE : VIR_DOMAIN_METADATA_DESCRIPTION;
    g_autoptr (virDomain) domain = NULL;
    g_autofree char *old = NULL;
    unsigned flags;

    if (!virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)) ||
        !(old = read_metadata (domain, type, NULL, flags & VIR_DOMAIN_AFFECT_CONFIG,
                               error)))
        return FALSE;
    return args->edit || args->words ? set_desc (cli, args, domain, old, flags, error)
                                     : print_desc (cli, args, domain, old);
}

/* ---- metadata
 * ----------------------------------------------------------------------------- */

static gboolean
set_element (const Args *args, virDomainPtr domain, const char *xml, unsigned flags,
             GError **error)
{
    return virDomainSetMetadata (domain, VIR_DOMAIN_METADATA_ELEMENT, xml, args->key,
                                 args->uri, flags) == 0 ||
           virsh_fail (error, "%s", "");
}

static gboolean
edit_element (Cli *cli, const Args *args, virDomainPtr domain, unsigned flags,
              GError **error)
{
    g_autofree char *old =
        read_metadata (domain, VIR_DOMAIN_METADATA_ELEMENT, args->uri, flags, error);
    g_autofree char *edited = NULL;

    if (!old || !virsh_edit (cli, *old ? old : "\n", &edited, error))
        return FALSE;
    if (!edited) {
        cli_say (cli, _ ("Metadata not changed"));
        return TRUE;
    }
    if (!set_element (args, domain, edited, flags, error))
        return FALSE;
    cli_say (cli, _ ("Metadata modified\n"));
    return TRUE;
}

static gboolean
check_metadata (const Args *args, GError **error)
{
    if (!virsh_exclusive (args->edit, "edit", args->set != NULL, "set", error) ||
        !virsh_exclusive (args->remove, "remove", args->set != NULL, "set", error) ||
        !virsh_exclusive (args->remove, "remove", args->edit, "edit", error))
        return FALSE;
    return args->key || (!args->set && !args->edit) ||
           vy_throw (error, VY_ERROR_USAGE,
                     _ ("namespace key is required when modifying metadata"));
}

static gboolean
run_metadata (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    g_autoptr (virDomain) domain = NULL;
    VIRSH_TEXT text = NULL;
    unsigned flags;

    if (!check_metadata (args, error) || !virsh_affect (&args->affect, &flags, error) ||
        !(domain = virsh_domain (cli, args->domain, error)))
        return FALSE;
    if (args->edit)
        return edit_element (cli, args, domain, flags, error);
    if (args->set || args->remove) {
        if (!set_element (args, domain, args->set, flags, error))
            return FALSE;
        cli_say (cli, args->set ? _ ("Metadata modified\n") : _ ("Metadata removed\n"));
        return TRUE;
    }
    text = virDomainGetMetadata (domain, VIR_DOMAIN_METADATA_ELEMENT, args->uri, flags);
    if (!text)
        return virsh_fail (error, "%s", "");
    cli_print (cli, "%s\n", text);
    return TRUE;
}

#define AFFECT                                                                           \
    VIRSH_FLAG (Args, affect.live, "live", "of the running domain"),                     \
        VIRSH_FLAG (Args, affect.config, "config", "of the next start"),                 \
        VIRSH_FLAG (Args, affect.current, "current", "of the state the domain is in")

static const CliOption desc_options[] = {
    VIRSH_DOMAIN (Args, domain),
    AFFECT,
    VIRSH_FLAG (Args, title, "title", "the title rather than the description"),
    VIRSH_FLAG (Args, edit, "edit", "change it in an editor"),
    { "new-desc", 0, CLI_STRINGS, CLI_POSITIONAL | CLI_ARGV, offsetof (Args, words),
      N_ ("TEXT"), N_ ("the new text") },
    { 0 },
};
static const CliOption metadata_options[] = {
    VIRSH_DOMAIN (Args, domain),
    VIRSH_NAME (Args, uri, "uri", "URI", "namespace of the element", NULL),
    AFFECT,
    VIRSH_FLAG (Args, edit, "edit", "change it in an editor"),
    VIRSH_STRING (Args, key, "key", "PREFIX", "prefix of the namespace"),
    VIRSH_STRING (Args, set, "set", "XML", "the new element"),
    VIRSH_FLAG (Args, remove, "remove", "remove the element"),
    { 0 },
};

const CliCommand virsh_domain_metadata_commands[] = {
    VIRSH_COMMAND ("desc", N_ ("show or set a domain's description or title"),
                   desc_options, run_desc),
    VIRSH_COMMAND ("metadata", N_ ("show or set metadata of a domain"), metadata_options,
                   run_metadata),
    { 0 },
};
