/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Host and hypervisor: URI, names, versions, capabilities */
#include "virsh.h"

typedef struct {
    char *xpath, *type, *arch, *machine, *emulator;
    gboolean wrap, daemon;
} Args;

static gboolean
run_uri (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT text = conn ? virConnectGetURI (conn) : NULL;

    if (conn && !text)
        return virsh_fail (error, _ ("failed to get URI"));
    if (conn)
        cli_print (cli, "%s\n", text);
    return conn != NULL;
}

static gboolean
run_hostname (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT text = conn ? virConnectGetHostname (conn) : NULL;

    if (conn && !text)
        return virsh_fail (error, _ ("failed to get hostname"));
    if (conn)
        cli_print (cli, "%s\n", text);
    return conn != NULL;
}

static gboolean
run_capabilities (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT text = conn ? virConnectGetCapabilities (conn) : NULL;

    if (conn && !text)
        return virsh_fail (error, _ ("failed to get capabilities"));
    return conn && virsh_print_xml (cli, text, args->xpath, args->wrap, error) &&
           (args->xpath || (cli_print (cli, "\n"), TRUE));
}

static gboolean
run_domcapabilities (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT text =
        conn ? virConnectGetDomainCapabilities (conn, args->emulator, args->arch,
                                                args->machine, args->type, 0)
             : NULL;

    if (conn && !text)
        return virsh_fail (error, _ ("failed to get emulator capabilities"));
    return conn && virsh_print_xml (cli, text, args->xpath, args->wrap, error) &&
           (args->xpath || (cli_print (cli, "\n"), TRUE));
}

static gboolean
run_nodeinfo (Cli *cli, G_GNUC_UNUSED gpointer data, GError **error)
{
    virConnectPtr conn = cli_conn (cli, error);
    g_autoptr (CliRecord) record = cli_record_new ();
    virNodeInfo info;

    if (!conn)
        return FALSE;
    if (virNodeGetInfo (conn, &info) < 0)
        return virsh_fail (error, _ ("failed to get node information"));
    cli_record_string (record, "cpu_model", N_ ("CPU model"), info.model);
    cli_record_uint (record, "cpus", N_ ("CPU(s)"), info.cpus);
    if (info.mhz) {
        cli_record_uint (record, "cpu_mhz", N_ ("CPU frequency"), info.mhz);
        cli_record_text (record, "%u MHz", info.mhz);
    }
    cli_record_uint (record, "sockets", N_ ("CPU socket(s)"), info.sockets);
    cli_record_uint (record, "cores", N_ ("Core(s) per socket"), info.cores);
    cli_record_uint (record, "threads", N_ ("Thread(s) per core"), info.threads);
    cli_record_uint (record, "numa_cells", N_ ("NUMA cell(s)"), info.nodes);
    cli_record_uint (record, "memory_kib", N_ ("Memory size"), info.memory);
    cli_record_text (record, "%lu KiB", info.memory);
    return cli_print_record (cli, record, 20, error);
}

static void
print_version (Cli *cli, const char *format, const char *name, unsigned long version)
{
    cli_print (cli, format, name, version / 1000000, version / 1000 % 1000,
               version % 1000);
}

static gboolean
run_version (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    const char *type = conn ? virConnectGetType (conn) : NULL;
    unsigned long library, api, hypervisor, daemon;

    if (!conn)
        return FALSE;
    if (!type || virGetVersion (&library, type, &api) < 0)
        return virsh_fail (error, _ ("failed to get hypervisor type"));
    print_version (cli, _ ("Compiled against library: %s %lu.%lu.%lu\n"), "libvirt",
                   LIBVIR_VERSION_NUMBER);
    print_version (cli, _ ("Using library: %s %lu.%lu.%lu\n"), "libvirt", library);
    print_version (cli, _ ("Using API: %s %lu.%lu.%lu\n"), type, api);
    if (virConnectGetVersion (conn, &hypervisor) < 0)
        return virsh_fail (error, _ ("failed to get the hypervisor version"));
    if (hypervisor == 0)
        cli_print (cli, _ ("Cannot extract running %s hypervisor version\n"), type);
    else
        print_version (cli, _ ("Running hypervisor: %s %lu.%lu.%lu\n"), type, hypervisor);
    if (args->daemon) {
        if (virConnectGetLibVersion (conn, &daemon) < 0)
            return virsh_fail (error, _ ("failed to get the daemon version"));
        print_version (cli, _ ("Running against daemon: %.0s%lu.%lu.%lu\n"), "", daemon);
    }
    return TRUE;
}

static gboolean
run_sysinfo (Cli *cli, gpointer data, GError **error)
{
    const Args *args = data;
    virConnectPtr conn = cli_conn (cli, error);
    VIRSH_TEXT text = conn ? virConnectGetSysinfo (conn, 0) : NULL;

    if (conn && !text)
        return virsh_fail (error, _ ("failed to get sysinfo"));
    return conn && virsh_print_xml (cli, text, args->xpath, args->wrap, error);
}

static const CliOption xml_options[] = {
    { "xpath", 0, CLI_STRING, CLI_NEWER, offsetof (Args, xpath), N_ ("XPATH"),
      N_ ("print only what this finds") },
    { "wrap", 0, CLI_FLAG, CLI_NEWER, offsetof (Args, wrap), NULL,
      N_ ("put the results into one root element") },
    { 0 },
};
static const CliOption domcapabilities_options[] = {
    VIRSH_STRING (Args, type, "virttype", "TYPE", "virtualization type (/domain/@type)"),
    VIRSH_STRING (Args, emulator, "emulatorbin", "PATH", "path to the emulator"),
    VIRSH_STRING (Args, arch, "arch", "ARCH", "domain architecture"),
    VIRSH_STRING (Args, machine, "machine", "MACHINE", "machine type"),
    { 0 },
};
static const CliOption version_options[] = {
    VIRSH_FLAG (Args, daemon, "daemon", "also the daemon's version"),
    { 0 },
};

const CliCommand virsh_host_commands[] = {
    { "capabilities", N_ ("print what the host can do"), xml_options, sizeof (Args),
      run_capabilities },
    { "domcapabilities", N_ ("print what a domain can have"), domcapabilities_options,
      sizeof (Args), run_domcapabilities },
    { "hostname", N_ ("print the host's name"), NULL, 0, run_hostname },
    { "nodeinfo", N_ ("show the host's CPU and memory"), NULL, 0, run_nodeinfo },
    { "sysinfo", N_ ("print the host's SMBIOS data"), xml_options, sizeof (Args),
      run_sysinfo },
    { "uri", N_ ("print the connection's URI"), NULL, 0, run_uri },
    { "version", N_ ("show versions of library and hypervisor"), version_options,
      sizeof (Args), run_version },
    { 0 },
};
