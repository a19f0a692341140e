/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks of the structure of disk images. */
#include "vy-image-private.h"

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-process.h"

void
vy_image_check_free (VyImageCheck *check)
{
    g_free (check->path);
    g_free (check->format);
    g_free (check);
}

static VyImageCheck *
check_from_json (json_object *object, const VyImage *image)
{
    VyImageCheck *check = g_new0 (VyImageCheck, 1);

    check->path = g_strdup (image->path);
    check->format = g_strdup (image->format);
    check->corruptions = vy_image_json_number (object, "corruptions");
    check->leaks = vy_image_json_number (object, "leaks");
    check->check_errors = vy_image_json_number (object, "check-errors");
    check->fixed = vy_image_json_number (object, "corruptions-fixed") +
                   vy_image_json_number (object, "leaks-fixed");
    check->fragmented_clusters = vy_image_json_number (object, "fragmented-clusters");
    check->allocated_clusters = vy_image_json_number (object, "allocated-clusters");
    check->total_clusters = vy_image_json_number (object, "total-clusters");
    return check;
}

/* qemu-img says with its exit status what it found; its report comes in any case. */
static VyImageCheck *
run_check (const VyImage *image, const char *repair, GError **error)
{
    const char *argv[] = { "qemu-img", "check",       "--output=json",
                           "-f",       image->format, NULL,
                           NULL,       NULL,          NULL };
    int n = 5;
    g_autofree char *text = NULL;
    g_autoptr (GError) local = NULL;
    json_object *parsed;
    VyImageCheck *check;

    if (repair) {
        argv[n++] = "-r";
        argv[n++] = repair;
    } else {
        argv[n++] = "-U";
    }
    argv[n] = image->path;
    vy_process_run (argv, NULL, &text, &local);
    parsed = text ? json_tokener_parse (text) : NULL;
    if (!parsed) {
        if (local)
            g_propagate_prefixed_error (error, g_steal_pointer (&local),
                                        _ ("cannot check image '%s': "), image->path);
        else
            vy_throw (error, VY_ERROR_FAILED, _ ("cannot check image '%s'"), image->path);
        return NULL;
    }
    check = check_from_json (parsed, image);
    json_object_put (parsed);
    return check;
}

VyImageCheck *
vy_image_check (virConnectPtr conn, const char *path, const char *repair, GError **error)
{
    g_autoptr (VyImage) image = vy_image_get_info (conn, path, error);
    g_autofree char *domain = NULL;

    if (!image)
        return NULL;
    if (strcmp (image->format, "raw") == 0) {
        vy_throw (error, VY_ERROR_UNSUPPORTED,
                  _ ("image '%s' is raw: it has no structure to check"), path);
        return NULL;
    }
    domain = vy_image_find_active_domain (conn, path, NULL);
    if (domain && repair) {
        vy_throw (error, VY_ERROR_STATE, _ ("image '%s' is used by running domain '%s'"),
                  path, domain);
        return NULL;
    }
    return run_check (image, repair, error);
}
