/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sub-options: what libvirt knows of the places that they set. */
#include "vy-subopt-private.h"

#include <string.h>

#include "device-private.h"

const VySubopt *
vy_device_find_row (const VyDevice *device, const char *key)
{
    guint numbers[VY_SUBOPT_LEVELS];

    return vy_subopt_find (device, key, numbers);
}

static const char *
path_of (const VySubopt *row)
{
    return row->path ? row->path : row->key;
}

/* How much of @path is said by @place: "iotune" is of "iotune/read_bytes_sec". */
static gsize
length_of_match (const VyPlace *place, const char *path)
{
    gsize length = strlen (place->path);

    if (strcmp (place->path, ".") == 0)
        return 1;
    if (strncmp (place->path, path, length) != 0 || !strchr ("/[%", path[length]))
        return 0;
    return length + 1;
}

/* The place that says most, of those that say since when. */
static void
find_since (const VyPlace *places, const char *path, gsize *most, const char **since)
{
    for (const VyPlace *place = places; place && place->path; place++) {
        gsize length = place->since ? length_of_match (place, path) : 0;

        if (length <= *most)
            continue;
        *most = length;
        *since = place->since;
    }
}

const char *
vy_subopt_get_since (const VyDevice *device, const VySubopt *row)
{
    const char *since = NULL;
    gsize most = 0;

    if (!row->path && !row->set)
        most = 1; /* what is nowhere in the XML does not come with the device */
    find_since (device->places, path_of (row), &most, &since);
    if (*device->element)
        find_since (vy_places_shared, path_of (row), &most, &since);
    return since;
}

static const char *
find_values (const VyPlace *places, const char *path)
{
    for (const VyPlace *place = places; place && place->path; place++)
        if (place->values && strcmp (place->path, path) == 0)
            return place->values;
    return NULL;
}

static const char *
values_of (const VyDevice *device, const VySubopt *row)
{
    const char *found = find_values (device->places, path_of (row));

    if (!found && *device->element)
        found = find_values (vy_places_shared, path_of (row));
    if (found)
        return found;
    switch (row->type) {
    case VY_ONOFF:
        return "on off";
    case VY_PRESENCE:
    case VY_YESNO:
    case VY_BOOL:
        return "yes no";
    case VY_STRING:
    case VY_INT:
    case VY_PATH:
        break;
    }
    return NULL;
}

GStrv
vy_subopt_list_values (const VyDevice *device, const VySubopt *row,
                       gboolean with_releases)
{
    const char *text = values_of (device, row);
    GStrv words = text ? g_strsplit (text, " ", -1) : NULL;

    for (char **word = words; word && *word && !with_releases; word++)
        (*word)[strcspn (*word, "@")] = '\0';
    return words;
}
