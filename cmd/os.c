/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtyard-os: what is known of operating systems */
#include "cli.h"

#include <string.h>

/* ---- list ---------------------------------------------------------------------------
 */

typedef struct {
    char *search;
    char *family, *distro;
    gboolean supported;
} ListArgs;

typedef struct {
    const char *short_id, *name, *version, *family, *distro, *vendor, *id;
    gint64 release, eol;
    GStrv aliases;
} OsRow;

static const CliOption list_options[] = {
    { "search", 's', CLI_STRING, CLI_POSITIONAL, CLI_ARG (ListArgs, search), N_ ("TEXT"),
      N_ ("only those with this text in a short id, name or id") },
    { "family", 0, CLI_STRING, 0, CLI_ARG (ListArgs, family), N_ ("FAMILY"),
      N_ ("only this family: linux, winnt, freebsd") },
    { "distro", 0, CLI_STRING, 0, CLI_ARG (ListArgs, distro), N_ ("DISTRO"),
      N_ ("only this distribution: debian, rhel, win") },
    { "supported", 0, CLI_FLAG, 0, CLI_ARG (ListArgs, supported), NULL,
      N_ ("only those whose support has not ended") },
    { 0 },
};

static char *
date_text (gint64 date)
{
    g_autoptr (GDateTime) time =
        date == VY_OS_NO_DATE ? NULL : g_date_time_new_from_unix_utc (date);

    return time ? g_date_time_format (time, "%F") : g_strdup ("-");
}

static char *
release_text (gconstpointer row)
{
    return date_text (((const OsRow *) row)->release);
}

static char *
eol_text (gconstpointer row)
{
    return date_text (((const OsRow *) row)->eol);
}

static const CliColumn list_columns[] = {
    { "short_id", N_ ("Short ID"), CLI_COL_STRING, offsetof (OsRow, short_id) },
    { "name", N_ ("Name"), CLI_COL_STRING, offsetof (OsRow, name) },
    { "version", N_ ("Version"), CLI_COL_STRING, offsetof (OsRow, version) },
    { "release_date", N_ ("Released"), CLI_COL_TIME, offsetof (OsRow, release),
      .text = release_text },
    { "eol_date", N_ ("Ends"), CLI_COL_TIME, offsetof (OsRow, eol), .text = eol_text },
    { "family", N_ ("Family"), CLI_COL_STRING, offsetof (OsRow, family), .extra = TRUE },
    { "distro", N_ ("Distro"), CLI_COL_STRING, offsetof (OsRow, distro), .extra = TRUE },
    { "vendor", N_ ("Vendor"), CLI_COL_STRING, offsetof (OsRow, vendor), .extra = TRUE },
    { "aliases", N_ ("Aliases"), CLI_COL_STRINGS, offsetof (OsRow, aliases),
      .extra = TRUE },
    { "id", N_ ("ID"), CLI_COL_STRING, offsetof (OsRow, id), .extra = TRUE },
    { 0 },
};

static void
os_row_free (gpointer data)
{
    OsRow *row = data;

    g_strfreev (row->aliases);
    g_free (row);
}

static OsRow *
os_row_new (const VyOs *os)
{
    OsRow *row = g_new0 (OsRow, 1);

    row->short_id = vy_os_get_short_id (os);
    row->name = vy_os_get_name (os);
    row->version = vy_os_get_version (os);
    row->family = vy_os_get_family (os);
    row->distro = vy_os_get_distro (os);
    row->vendor = vy_os_get_vendor (os);
    row->id = vy_os_get_id (os);
    row->release = vy_os_get_release_date (os);
    row->eol = vy_os_get_eol_date (os);
    row->aliases = vy_os_get_aliases (os);
    return row;
}

static gboolean
has_text (const char *text, const char *wanted)
{
    g_autofree char *low = text ? g_utf8_casefold (text, -1) : NULL;
    g_autofree char *key = g_utf8_casefold (wanted, -1);

    return low && strstr (low, key);
}

static gboolean
is_wanted (const ListArgs *args, const OsRow *row)
{
    gint64 now = g_get_real_time () / G_USEC_PER_SEC;
    g_autofree char *aliases = g_strjoinv (" ", row->aliases);

    if ((args->family && g_strcmp0 (args->family, row->family)) ||
        (args->distro && g_strcmp0 (args->distro, row->distro)) ||
        (args->supported && row->eol != VY_OS_NO_DATE && row->eol < now))
        return FALSE;
    return !args->search || has_text (aliases, args->search) ||
           has_text (row->name, args->search) || has_text (row->id, args->search);
}

static gboolean
run_list (Cli *cli, gpointer data, GError **error)
{
    g_autoptr (GPtrArray) list = vy_os_list (error);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (os_row_free);

    if (!list)
        return FALSE;
    for (guint i = 0; i < list->len; i++) {
        OsRow *row = os_row_new (list->pdata[i]);

        if (is_wanted (data, row))
            g_ptr_array_add (rows, row);
        else
            os_row_free (row);
    }
    return cli_print_table (cli, list_columns, rows, error);
}

/* ---- show ---------------------------------------------------------------------------
 */

typedef struct {
    char *os;
    char *arch;
} ShowArgs;

static const CliOption show_options[] = {
    { "os", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED, CLI_ARG (ShowArgs, os),
      N_ ("OS"), N_ ("short id, id or name"), cli_complete_os },
    { "arch", 0, CLI_STRING, 0, CLI_ARG (ShowArgs, arch), N_ ("ARCH"),
      N_ ("architecture of the resources, otherwise x86_64") },
    { 0 },
};

static void
add_date (CliRecord *record, const char *key, const char *label, gint64 date)
{
    g_autofree char *text = date_text (date);

    if (date == VY_OS_NO_DATE) {
        cli_record_null (record, key, label);
        return;
    }
    cli_record_int (record, key, label, date);
    cli_record_text (record, "%s", text);
}

static void
add_strings (CliRecord *record, const char *key, const char *label, GStrv list)
{
    g_auto (GStrv) owned = list;

    cli_record_strings (record, key, label, (const char *const *) owned);
}

static void
add_bytes (CliRecord *record, const char *key, const char *label, guint64 bytes)
{
    g_autofree char *text = vy_size_format (bytes);

    cli_record_uint (record, key, label, bytes);
    cli_record_text (record, "%s", text);
}

static void
add_resources (CliRecord *record, const VyOs *os, const char *arch)
{
    static const struct {
        VyOsLevel level;
        const char *keys[3];
        const char *labels[3];
    } rows[] = {
        { VY_OS_MINIMUM,
          { "minimum_cpus", "minimum_ram", "minimum_storage" },
          { N_ ("Minimum CPUs"), N_ ("Minimum RAM"), N_ ("Minimum storage") } },
        { VY_OS_RECOMMENDED,
          { "recommended_cpus", "recommended_ram", "recommended_storage" },
          { N_ ("Advised CPUs"), N_ ("Advised RAM"), N_ ("Advised storage") } },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        VyOsResources needs;

        vy_os_get_resources (os, arch, rows[i].level, &needs);
        if (needs.n_cpus)
            cli_record_uint (record, rows[i].keys[0], _ (rows[i].labels[0]),
                             needs.n_cpus);
        if (needs.ram)
            add_bytes (record, rows[i].keys[1], _ (rows[i].labels[1]), needs.ram);
        if (needs.storage)
            add_bytes (record, rows[i].keys[2], _ (rows[i].labels[2]), needs.storage);
    }
}

static void
add_devices (CliRecord *record, const VyOs *os)
{
    g_autoptr (GPtrArray) list = vy_os_get_devices (os);
    g_autoptr (GPtrArray) names = g_ptr_array_new ();

    for (guint i = 0; i < list->len; i++)
        g_ptr_array_add (names, (gpointer) ((const VyOsDevice *) list->pdata[i])->name);
    g_ptr_array_add (names, NULL);
    cli_record_strings (record, "devices", _ ("Devices"),
                        (const char *const *) names->pdata);
}

static gboolean
run_show (Cli *cli, gpointer data, GError **error)
{
    const ShowArgs *args = data;
    const char *arch = args->arch ? args->arch : "x86_64";
    g_autoptr (VyOs) os = vy_os_lookup (args->os, error);
    g_autoptr (CliRecord) record = cli_record_new ();

    if (!os)
        return FALSE;
    cli_record_string (record, "short_id", _ ("Short ID"), vy_os_get_short_id (os));
    add_strings (record, "aliases", _ ("Aliases"), vy_os_get_aliases (os));
    cli_record_string (record, "id", _ ("ID"), vy_os_get_id (os));
    cli_record_string (record, "name", _ ("Name"), vy_os_get_name (os));
    cli_record_string (record, "version", _ ("Version"), vy_os_get_version (os));
    cli_record_string (record, "family", _ ("Family"), vy_os_get_family (os));
    cli_record_string (record, "distro", _ ("Distro"), vy_os_get_distro (os));
    cli_record_string (record, "vendor", _ ("Vendor"), vy_os_get_vendor (os));
    add_date (record, "release_date", _ ("Released"), vy_os_get_release_date (os));
    add_date (record, "eol_date", _ ("Support ends"), vy_os_get_eol_date (os));
    add_strings (record, "derives_from", _ ("Derives from"),
                 vy_os_get_related (os, "derives-from"));
    add_strings (record, "clones", _ ("Clone of"), vy_os_get_related (os, "clones"));
    add_strings (record, "upgrades", _ ("Upgrades"), vy_os_get_related (os, "upgrades"));
    add_resources (record, os, arch);
    cli_record_bool (record, "bios", _ ("BIOS"),
                     vy_os_supports_firmware (os, arch, "bios", TRUE));
    cli_record_bool (record, "efi", _ ("UEFI"),
                     vy_os_supports_firmware (os, arch, "efi", FALSE));
    add_strings (record, "install_scripts", _ ("Install scripts"),
                 vy_os_get_profiles (os));
    add_devices (record, os);
    return cli_print_record (cli, record, 18, error);
}

/* ---- detect -------------------------------------------------------------------------
 */

typedef struct {
    char *media;
} DetectArgs;

static const CliOption detect_options[] = {
    { "media", 0, CLI_STRING, CLI_POSITIONAL | CLI_REQUIRED | CLI_FILE,
      CLI_ARG (DetectArgs, media), N_ ("MEDIA"),
      N_ ("ISO image, or folder or URL of an install tree") },
    { 0 },
};

static void
add_known (CliRecord *record, const char *key, const char *label, const char *value)
{
    if (value)
        cli_record_string (record, key, label, value);
}

static gboolean
run_detect (Cli *cli, gpointer data, GError **error)
{
    const DetectArgs *args = data;
    g_autoptr (VyMedia) media = vy_media_detect (args->media, error);
    g_autoptr (CliRecord) record = cli_record_new ();

    if (!media)
        return FALSE;
    cli_record_string (record, "os", _ ("OS"), media->os);
    add_known (record, "os_name", _ ("Name"), media->os_name);
    cli_record_string (record, "arch", _ ("Architecture"), media->arch);
    cli_record_string (record, "kind", _ ("Kind"), media->kind);
    add_known (record, "volume_id", _ ("Volume ID"), media->volume_id);
    add_known (record, "system_id", _ ("System ID"), media->system_id);
    add_known (record, "publisher_id", _ ("Publisher ID"), media->publisher_id);
    add_known (record, "application_id", _ ("Application ID"), media->application_id);
    if (media->volume_size)
        add_bytes (record, "volume_size", _ ("Volume size"), media->volume_size);
    add_known (record, "family", _ ("Family"), media->family);
    add_known (record, "version", _ ("Version"), media->version);
    add_known (record, "kernel", _ ("Kernel"), media->kernel);
    add_known (record, "initrd", _ ("Initrd"), media->initrd);
    if (media->os) {
        cli_record_bool (record, "live", _ ("Live"), media->is_live);
        cli_record_bool (record, "installer", _ ("Installer"), media->is_installer);
        cli_record_uint (record, "installer_reboots", _ ("Reboots"),
                         media->installer_reboots);
    }
    return cli_print_record (cli, record, 18, error);
}

/* ---- program ------------------------------------------------------------------------
 */

static const CliCommand commands[] = {
    { "list", N_ ("list operating systems"), list_options, sizeof (ListArgs), run_list,
      CLI_NO_CONNECTION },
    { "show", N_ ("show what is known of an operating system"), show_options,
      sizeof (ShowArgs), run_show, CLI_NO_CONNECTION },
    { "detect", N_ ("find out what an install medium installs"), detect_options,
      sizeof (DetectArgs), run_detect, CLI_NO_CONNECTION },
    { 0 },
};

static const CliCommand *const all_commands[] = { commands, NULL };

static const CliGroup groups[] = {
    { "os", N_ ("Operating systems"), all_commands },
    { 0 },
};

int
main (int argc, char **argv)
{
    static const CliProgram program = { "virtyard-os", N_ ("know operating systems"),
                                        CLI_STYLE_NATIVE, groups };

    return cli_main (&program, argc, argv);
}
