/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sizes, durations, numbers and booleans. */
#include "vy-units.h"

typedef struct {
    const char *text;
    guint64 unit;
    guint64 bytes; /* G_MAXUINT64: an error */
} SizeCase;

static const SizeCase sizes[] = {
    { "40G", 1, 40ULL << 30 },
    { "40GiB", 1, 40ULL << 30 },
    { "1GB", 1, 1000000000 },
    { "1.5M", 1, 1536 * 1024 },
    { "512", 1024, 512 * 1024 },
    { "0", 1, 0 },
    { "7b", 1, 7 },
    { "8 MiB", 1, 8 << 20 },
    { "", 1, G_MAXUINT64 },
    { "-1", 1, G_MAXUINT64 },
    { "G", 1, G_MAXUINT64 },
    { "12Q", 1, G_MAXUINT64 },
    { "1.5", 1, G_MAXUINT64 },
    { "16E", 1, G_MAXUINT64 },
    { "99999999999999999999", 1, G_MAXUINT64 },
    { "1G\n", 1, G_MAXUINT64 },
};

static void
test_size (gconstpointer data)
{
    const SizeCase *c = data;
    g_autoptr (GError) error = NULL;
    guint64 bytes = G_MAXUINT64;
    gboolean ok = vy_size_parse (c->text, c->unit, &bytes, &error);

    g_assert_cmpint (ok, ==, c->bytes != G_MAXUINT64);
    g_assert_cmpuint (bytes, ==, c->bytes);
    if (!ok)
        g_assert_error (error, VY_ERROR, VY_ERROR_INVALID);
}

static void
test_size_format (void)
{
    static const struct {
        guint64 bytes;
        const char *text;
    } cases[] = { { 0, "0 B" },
                  { 1023, "1023 B" },
                  { 1536, "1.5 KiB" },
                  { 40ULL << 30, "40 GiB" },
                  { G_MAXUINT64, "16 EiB" } };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *text = vy_size_format (cases[i].bytes);

        g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_duration (void)
{
    static const struct {
        const char *text;
        guint64 unit_ms, ms; /* G_MAXUINT64: an error */
    } cases[] = { { "90s", 1000, 90000 },      { "2m", 1000, 120000 },
                  { "1m30s", 1000, 90000 },    { "5", 60000, 300000 },
                  { "250ms", 1000, 250 },      { "1.5h", 1000, 5400000 },
                  { "", 1000, G_MAXUINT64 },   { "-5", 1000, G_MAXUINT64 },
                  { "5x", 1000, G_MAXUINT64 }, { "1m30", 1000, G_MAXUINT64 } };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        guint64 ms = G_MAXUINT64;
        gboolean ok = vy_duration_parse (cases[i].text, cases[i].unit_ms, &ms, NULL);

        g_assert_cmpint (ok, ==, cases[i].ms != G_MAXUINT64);
        g_assert_cmpuint (ms, ==, cases[i].ms);
    }
}

static void
test_number (void)
{
    guint64 value = 0;

    g_assert_true (vy_number_parse ("42", 100, &value, NULL) && value == 42);
    g_assert_true (vy_number_parse ("0x2a", 100, &value, NULL) && value == 42);
    g_assert_false (vy_number_parse ("101", 100, &value, NULL));
    g_assert_false (vy_number_parse ("4 2", 100, &value, NULL));
    g_assert_false (vy_number_parse ("-1", 100, &value, NULL));
    g_assert_false (vy_number_parse ("", 100, &value, NULL));
}

static void
test_boolean (void)
{
    gboolean value = FALSE;

    g_assert_true (vy_boolean_parse ("Yes", &value, NULL) && value);
    g_assert_true (vy_boolean_parse ("OFF", &value, NULL) && !value);
    g_assert_false (vy_boolean_parse ("maybe", &value, NULL));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
        g_autofree char *name = g_strdup_printf ("/units/size/%u", (guint) i);

        g_test_add_data_func (name, &sizes[i], test_size);
    }
    g_test_add_func ("/units/size/format", test_size_format);
    g_test_add_func ("/units/duration", test_duration);
    g_test_add_func ("/units/number", test_number);
    g_test_add_func ("/units/boolean", test_boolean);
    return g_test_run ();
}
