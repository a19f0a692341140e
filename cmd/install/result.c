/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virt-install: what was made, for programs */
#include "install.h"

#include <libvirt/libvirt.h>

#include "vy-addresses.h"
#include "vy-xml.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (virDomain, virDomainFree)

static GStrv
list_addresses (Cli *cli, const char *name)
{
    g_autoptr (GPtrArray) found = vy_addresses_list (
        cli_conn (cli, NULL), name, VY_ADDRESS_LEASE | VY_ADDRESS_ARP, NULL);
    g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

    for (guint i = 0; found && i < found->len; i++) {
        const VyAddress *address = found->pdata[i];

        if (vy_address_is_useful (address->address))
            g_strv_builder_add (texts, address->address);
    }
    return g_strv_builder_end (texts);
}

gboolean
install_print_result (Cli *cli, VyInstall *install, GError **error)
{
    xmlNode *final = vy_install_get_domain (install, TRUE);
    g_autoptr (CliRecord) record = cli_record_new ();
    g_autofree char *name = vy_xml_get (final, "name");
    g_autofree char *uuid = vy_xml_get (final, "uuid");
    g_autoptr (virDomain) domain =
        virDomainLookupByUUIDString (cli_conn (cli, NULL), uuid);
    gboolean is_running = domain && virDomainIsActive (domain) == 1;
    g_auto (GStrv) addresses = is_running ? list_addresses (cli, name) : NULL;
    g_auto (GStrv) volumes = vy_install_list_volumes (install);
    const char *const none[] = { NULL };

    cli_record_string (record, "name", NULL, name);
    cli_record_string (record, "uuid", NULL, uuid);
    cli_record_bool (record, "running", NULL, is_running);
    cli_record_strings (record, "volumes", NULL, (const char *const *) volumes);
    cli_record_strings (record, "addresses", NULL,
                        addresses ? (const char *const *) addresses : none);
    if (vy_install_get_root_password (install))
        cli_record_string (record, "root_password", NULL,
                           vy_install_get_root_password (install));
    return cli_print_record (cli, record, 0, error);
}
