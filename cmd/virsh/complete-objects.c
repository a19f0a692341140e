/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Completion: names of the host's objects, each with one call. */
#include "complete.h"

#define LIST(function) ((int (*) (virConnectPtr, gpointer **, unsigned)) (function))
#define RELEASE(function) ((int (*) (gpointer)) (function))

/* A function that gives the name that libvirt keeps, as a kind wants it. */
#define NAME(what, type, function)                                                       \
    static char *what (gpointer object)                                                  \
    {                                                                                    \
        return g_strdup (function ((type) object));                                      \
    }
#define UUID(what, type, function)                                                       \
    static char *what (gpointer object)                                                  \
    {                                                                                    \
        char uuid[VIR_UUID_STRING_BUFLEN];                                               \
                                                                                         \
        return function ((type) object, uuid) < 0 ? NULL : g_strdup (uuid);              \
    }

UUID (domain_uuid, virDomainPtr, virDomainGetUUIDString)
UUID (network_uuid, virNetworkPtr, virNetworkGetUUIDString)
UUID (secret_uuid, virSecretPtr, virSecretGetUUIDString)
NAME (interface_name, virInterfacePtr, virInterfaceGetName)
NAME (interface_mac, virInterfacePtr, virInterfaceGetMACString)
NAME (filter_name, virNWFilterPtr, virNWFilterGetName)
NAME (binding_port, virNWFilterBindingPtr, virNWFilterBindingGetPortDev)
NAME (device_name, virNodeDevicePtr, virNodeDeviceGetName)

static const CliKind domain_uuids = { LIST (virConnectListAllDomains), domain_uuid,
                                      RELEASE (virDomainFree) };
static const CliKind network_uuids = { LIST (virConnectListAllNetworks), network_uuid,
                                       RELEASE (virNetworkFree) };
static const CliKind interfaces = { LIST (virConnectListAllInterfaces), interface_name,
                                    RELEASE (virInterfaceFree) };
static const CliKind interface_macs = { LIST (virConnectListAllInterfaces), interface_mac,
                                        RELEASE (virInterfaceFree) };
static const CliKind filters = { LIST (virConnectListAllNWFilters), filter_name,
                                 RELEASE (virNWFilterFree) };
static const CliKind bindings = { LIST (virConnectListAllNWFilterBindings), binding_port,
                                  RELEASE (virNWFilterBindingFree) };
static const CliKind secrets = { LIST (virConnectListAllSecrets), secret_uuid,
                                 RELEASE (virSecretFree) };
static const CliKind devices = { LIST (virConnectListAllNodeDevices), device_name,
                                 RELEASE (virNodeDeviceFree) };

/* Objects of a kind that a flag of the list call chooses. */
#define CHOSEN(what, kind, flags)                                                        \
    GStrv virsh_complete_##what (Cli *cli, const char *typed)                            \
    {                                                                                    \
        return cli_names_of (cli, &(kind), typed, flags);                                \
    }

CHOSEN (active, cli_kind_domain, VIR_CONNECT_LIST_DOMAINS_ACTIVE)
CHOSEN (inactive, cli_kind_domain, VIR_CONNECT_LIST_DOMAINS_INACTIVE)
CHOSEN (persistent, cli_kind_domain, VIR_CONNECT_LIST_DOMAINS_PERSISTENT)
CHOSEN (running, cli_kind_domain, VIR_CONNECT_LIST_DOMAINS_RUNNING)
CHOSEN (paused, cli_kind_domain, VIR_CONNECT_LIST_DOMAINS_PAUSED)
CHOSEN (sleeping, cli_kind_domain, VIR_CONNECT_LIST_DOMAINS_OTHER)
CHOSEN (saved, cli_kind_domain, VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE)
CHOSEN (with_snapshot, cli_kind_domain, VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT)
CHOSEN (with_checkpoint, cli_kind_domain, VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT)
CHOSEN (domain_uuid, domain_uuids, 0)
CHOSEN (network_persistent, cli_kind_network, VIR_CONNECT_LIST_NETWORKS_PERSISTENT)
CHOSEN (network_uuid, network_uuids, 0)
CHOSEN (pool_persistent, cli_kind_pool, VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT)
CHOSEN (interface, interfaces, 0)
CHOSEN (interface_active, interfaces, VIR_CONNECT_LIST_INTERFACES_ACTIVE)
CHOSEN (interface_inactive, interfaces, VIR_CONNECT_LIST_INTERFACES_INACTIVE)
CHOSEN (interface_mac, interface_macs, 0)
CHOSEN (filter, filters, 0)
CHOSEN (binding, bindings, 0)
CHOSEN (secret, secrets, 0)
CHOSEN (device, devices, 0)
