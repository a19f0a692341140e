/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Processors out of the documents that have some. */
#include "vy-cpu.h"

static void
assert_cpus (const char *text, const char *const *wanted)
{
    g_auto (GStrv) found = vy_cpu_read (text, "test", NULL);

    g_assert_nonnull (found);
    g_assert_cmpuint (g_strv_length (found), ==, g_strv_length ((char **) wanted));
    for (gsize i = 0; wanted[i]; i++)
        g_assert_cmpstr (g_strchomp (found[i]), ==, wanted[i]);
}

static void
test_several_roots (void)
{
    assert_cpus ("<?xml version='1.0'?>\n<cpu id='1'/>\n<cpu id='2'/>\n",
                 (const char *const[]){ "<cpu id=\"1\"/>", "<cpu id=\"2\"/>", NULL });
}

static void
test_inside_others (void)
{
    assert_cpus ("<domain><name>d</name><cpu id='3'/></domain>",
                 (const char *const[]){ "<cpu id=\"3\"/>", NULL });
    assert_cpus ("<capabilities><host><cpu id='4'/></host><guest/></capabilities>",
                 (const char *const[]){ "<cpu id=\"4\"/>", NULL });
}

/* A hypervisor's host model is a processor; what it does not support is none. */
static void
test_host_model (void)
{
    g_autoptr (GError) error = NULL;

    assert_cpus ("<domainCapabilities><cpu><mode name='host-passthrough' "
                 "supported='yes'/><mode name='host-model' supported='yes'>"
                 "<model>M</model></mode></cpu></domainCapabilities>",
                 (const char *const[]){ "<cpu>\n  <model>M</model>\n</cpu>", NULL });
    g_assert_null (vy_cpu_read ("<domainCapabilities><cpu><mode name='host-model' "
                                "supported='no'/></cpu></domainCapabilities>",
                                "test", &error));
    g_assert_error (error, VY_ERROR, VY_ERROR_INVALID);
}

static void
test_mistakes (void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "<cpu>\n<model>M</model", "f:2: expected '>'" },
        { "<cpu></model>", "f:1: Opening and ending tag mismatch" },
        { "", "'f' has no <cpu> element" },
        { "<domain/>", "'f' has no <cpu> element" },
        { "<cpu/></container><cpu/>", "f:1: " },
        { "<!DOCTYPE a [<!ENTITY b 'c'>]><cpu/>", "f:1: " },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (vy_cpu_read (cases[i].text, "f", &error));
        g_assert_error (error, VY_ERROR, VY_ERROR_INVALID);
        g_assert_true (g_str_has_prefix (error->message, cases[i].message));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/cpu/several-roots", test_several_roots);
    g_test_add_func ("/cpu/inside-others", test_inside_others);
    g_test_add_func ("/cpu/host-model", test_host_model);
    g_test_add_func ("/cpu/mistakes", test_mistakes);
    return g_test_run ();
}
