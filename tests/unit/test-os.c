/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operating systems: a small database of the test's own, its index, look-ups. */
#include <glib/gstdio.h>
#include <string.h>

#include "vy-os.h"

static const char net_text[] =
    "<libosinfo version='0.0.1'>"
    "<device id='http://pcisig.com/pci/1af4/1041'><name>virtio1.0-net</name>"
    "<class>net</class><bus-type>pci</bus-type></device></libosinfo>";

static const char tablet_text[] =
    "<libosinfo version='0.0.1'>"
    "<device id='http://usb.org/usb/80ee/0021'><name>tablet</name>"
    "<class>input</class><bus-type>usb</bus-type></device></libosinfo>";

static const char first_text[] =
    "<libosinfo version='0.0.1'><os id='http://example.org/toy/1'>"
    "<short-id>toy1</short-id><short-id>oldtoy</short-id><name>Toy 1</name>"
    "<version>1</version><family>linux</family><distro>toy</distro>"
    "<release-date>1970-01-02</release-date>"
    "<devices><device id='http://pcisig.com/pci/1af4/1041'/></devices>"
    "<resources arch='all'><minimum><n-cpus>1</n-cpus><ram>1048576</ram></minimum>"
    "<recommended><ram>2097152</ram></recommended></resources>"
    "<resources arch='aarch64'><minimum><ram>4194304</ram></minimum></resources>"
    "<firmware arch='x86_64' type='efi'/>"
    "</os></libosinfo>";

static const char second_text[] =
    "<libosinfo version='0.0.1'><os id='http://example.org/toy/3'>"
    "<short-id>toy3</short-id><name>Toy 3</name><version>3</version>"
    "<derives-from id='http://example.org/toy/1'/>"
    "<devices><device id='http://usb.org/usb/80ee/0021'/></devices>"
    "</os></libosinfo>";

typedef struct {
    char *folder, *index;
} Fixture;

static void
write_text (const Fixture *fixture, const char *place, const char *text)
{
    g_autofree char *path = g_build_filename (fixture->folder, place, NULL);
    g_autofree char *folder = g_path_get_dirname (path);

    g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
use (const Fixture *fixture)
{
    const char *const folders[] = { fixture->folder, NULL };

    vy_os_set_database (folders, fixture->index);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    (void) data;
    fixture->folder = g_dir_make_tmp ("virtyard-os-XXXXXX", NULL);
    fixture->index = g_strconcat (fixture->folder, ".index", NULL);
    write_text (fixture, "device/pcisig.com/pci-1af4-1041.xml", net_text);
    write_text (fixture, "device/usb.org/usb-80ee-0021.xml", tablet_text);
    write_text (fixture, "os/example.org/toy-1.xml", first_text);
    write_text (fixture, "os/example.org/toy-3.xml", second_text);
    use (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    static const char *const places[] = { "device/pcisig.com/pci-1af4-1041.xml",
                                          "device/pcisig.com",
                                          "device/usb.org/usb-80ee-0021.xml",
                                          "device/usb.org",
                                          "device",
                                          "os/example.org/toy-1.xml",
                                          "os/example.org/toy-3.xml",
                                          "os/example.org/toy-2.xml",
                                          "os/example.org",
                                          "os",
                                          "" };

    (void) data;
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        g_autofree char *path = g_build_filename (fixture->folder, places[i], NULL);

        g_remove (path);
    }
    g_remove (fixture->index);
    g_free (fixture->folder);
    g_free (fixture->index);
    vy_os_set_database (NULL, NULL);
}

static void
test_lookup (Fixture *fixture, gconstpointer data)
{
    static const char *const names[] = { "toy1", "oldtoy", "TOY1", "Toy 1",
                                         "http://example.org/toy/1" };

    (void) fixture, (void) data;
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (VyOs) os = vy_os_lookup (names[i], &error);

        g_assert_no_error (error);
        g_assert_cmpstr (vy_os_get_short_id (os), ==, "toy1");
        g_assert_cmpint (vy_os_get_release_date (os), ==, 86400);
        g_assert_cmpint (vy_os_get_eol_date (os), ==, VY_OS_NO_DATE);
    }
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
    static const char *const cases[][2] = {
        { "toy2", "toy1" }, { "toy99", "toy3" },         { "toy0", "toy1" },
        { "tay3", "toy3" }, { "completely else", NULL },
    };

    (void) fixture, (void) data;
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (VyOs) os = vy_os_lookup (cases[i][0], &error);
        g_autofree char *near = vy_os_nearest (cases[i][0]);

        g_assert_null (os);
        g_assert_error (error, VY_ERROR, VY_ERROR_NOT_FOUND);
        g_assert_nonnull (vy_error_get_hint (error));
        g_assert_cmpstr (near, ==, cases[i][1]);
    }
}

static void
test_generic (Fixture *fixture, gconstpointer data)
{
    g_autoptr (VyOs) os = vy_os_lookup ("generic", NULL);

    (void) fixture, (void) data;
    g_assert_cmpstr (vy_os_get_short_id (os), ==, "generic");
    g_assert_null (vy_os_get_family (os));
    g_assert_false (vy_os_supports_device (os, "virtio-net"));
    g_assert_true (vy_os_supports_firmware (os, NULL, "bios", TRUE));
}

static void
test_devices (Fixture *fixture, gconstpointer data)
{
    g_autoptr (VyOs) first = vy_os_lookup ("toy1", NULL);
    g_autoptr (VyOs) derived = vy_os_lookup ("toy3", NULL);

    (void) fixture, (void) data;
    g_assert_true (vy_os_supports_device (first, "virtio-net"));
    g_assert_true (vy_os_supports_device (first, "virtio1.0-net"));
    g_assert_true (vy_os_supports_device (first, "http://pcisig.com/pci/1af4/1041"));
    g_assert_false (vy_os_supports_device (first, "tablet"));
    g_assert_true (vy_os_supports_device (derived, "virtio-net"));
    g_assert_true (vy_os_supports_device (derived, "tablet"));
    g_assert_true (vy_os_supports_firmware (first, "x86_64", "efi", FALSE));
    g_assert_false (vy_os_supports_firmware (first, "aarch64", "efi", FALSE));
}

static void
test_resources (Fixture *fixture, gconstpointer data)
{
    g_autoptr (VyOs) os = vy_os_lookup ("toy1", NULL);
    VyOsResources needs;

    (void) fixture, (void) data;
    g_assert_true (vy_os_get_resources (os, "x86_64", VY_OS_MINIMUM, &needs));
    g_assert_cmpuint (needs.ram, ==, 1048576);
    g_assert_true (vy_os_get_resources (os, "aarch64", VY_OS_MINIMUM, &needs));
    g_assert_cmpuint (needs.ram, ==, 4194304);
    g_assert_cmpuint (needs.n_cpus, ==, 1);
    g_assert_false (vy_os_get_resources (os, "x86_64", VY_OS_MAXIMUM, &needs));
    g_assert_cmpuint (needs.ram, ==, 0);
}

static void
assert_known (const Fixture *fixture, const char *name, gboolean wanted)
{
    g_autoptr (VyOs) os = NULL;

    use (fixture);
    os = vy_os_lookup (name, NULL);
    g_assert_cmpint (os != NULL, ==, wanted);
}

/* A changed database and a damaged or missing index are noticed. */
static void
test_index (Fixture *fixture, gconstpointer data)
{
    g_autofree char *text = NULL;
    gsize size = 0;

    (void) data;
    assert_known (fixture, "toy1", TRUE);
    g_assert_true (g_file_get_contents (fixture->index, &text, &size, NULL));
    g_assert_true (g_file_set_contents (fixture->index, text, (gssize) size / 2, NULL));
    assert_known (fixture, "toy3", TRUE);
    memset (text, 0xff, size);
    g_assert_true (g_file_set_contents (fixture->index, text, (gssize) size, NULL));
    assert_known (fixture, "toy3", TRUE);
    g_assert_true (g_file_set_contents (fixture->index, "", 0, NULL));
    assert_known (fixture, "toy3", TRUE);
    assert_known (fixture, "toy2", FALSE);
    write_text (fixture, "os/example.org/toy-2.xml",
                "<libosinfo version='0.0.1'><os id='http://example.org/toy/2'>"
                "<short-id>toy2</short-id></os></libosinfo>");
    assert_known (fixture, "toy2", TRUE);
}

/* Users without folders of their own share the index. */
static void
test_absent_folder (Fixture *fixture, gconstpointer data)
{
    const char *const folders[] = { fixture->folder, "/proc/nowhere", NULL };
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    g_autoptr (VyOs) os = NULL;
    gsize size_before = 0, size_after = 0;

    (void) data;
    assert_known (fixture, "toy1", TRUE);
    g_assert_true (g_file_get_contents (fixture->index, &before, &size_before, NULL));
    vy_os_set_database (folders, fixture->index);
    os = vy_os_lookup ("toy1", NULL);
    g_assert_nonnull (os);
    g_assert_true (g_file_get_contents (fixture->index, &after, &size_after, NULL));
    g_assert_cmpmem (before, size_before, after, size_after);
}

static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
    const char *const folders[] = { fixture->folder, NULL };
    g_autoptr (VyOs) os = NULL;

    (void) data;
    vy_os_set_database (folders, "/proc/nowhere/os.index");
    os = vy_os_lookup ("toy1", NULL);
    g_assert_cmpstr (vy_os_get_name (os), ==, "Toy 1");
}

int
main (int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run) (Fixture *, gconstpointer);
    } tests[] = {
        { "/os/lookup", test_lookup },
        { "/os/unknown", test_unknown },
        { "/os/generic", test_generic },
        { "/os/devices", test_devices },
        { "/os/index", test_index },
        { "/os/resources", test_resources },
        { "/os/unwritable", test_unwritable },
        { "/os/absent-folder", test_absent_folder },
    };

    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
        g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].run, tear_down);
    return g_test_run ();
}
