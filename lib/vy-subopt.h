/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sub-options: "--disk path=/x,bus=virtio" to the nodes of a domain's XML, by tables. */
#pragma once

#include "vy-host.h"
#include "vy-xml.h"

G_BEGIN_DECLS

/**
 * VySuboptType:
 * @VY_STRING: the text as it is
 * @VY_INT: a number; decimal or 0x
 * @VY_PATH: a file; made absolute
 * @VY_PRESENCE: yes makes an empty element, no removes it
 * @VY_YESNO: written as yes or no
 * @VY_ONOFF: written as on or off
 * @VY_BOOL: yes or no, for the row's function only
 *
 * How the value of a sub-option is read and written.
 */
typedef enum {
    VY_STRING,
    VY_INT,
    VY_PATH,
    VY_PRESENCE,
    VY_YESNO,
    VY_ONOFF,
    VY_BOOL,
} VySuboptType;

/**
 * VySuboptFlags:
 * @VY_COMMAS: the value goes on over commas until the next known key
 * @VY_SKIP_DEFAULT: the value "default" sets nothing
 *
 * Rules of single rows.
 */
typedef enum { VY_COMMAS = 1 << 0, VY_SKIP_DEFAULT = 1 << 1 } VySuboptFlags;

typedef struct _VySubopt VySubopt;
typedef struct _VyDevice VyDevice;

/**
 * VySuboptTarget:
 * @device: the table in use
 * @domain: the domain element
 * @node: the device's element; @domain for options that have none of their own
 * @editing: whether @node was there before (virt-xml --edit)
 * @extra: (nullable): what has no place in the XML (size of a new volume), "OPTION.KEY"
 *   to text
 * @pairs: (nullable): keys and values of the text that is applied, in its order
 * @ordered: whether the rows whose order counts were applied
 * @host: (nullable): the host that knows what names of its devices and CPUs mean
 *
 * What the texts of an option are applied to.
 */
typedef struct {
    const VyDevice *device;
    xmlNode *domain;
    xmlNode *node;
    gboolean editing;
    GHashTable *extra;
    GPtrArray *pairs;
    gboolean ordered;
    VyHost *host;
} VySuboptTarget;

/**
 * VySuboptSet:
 * @target: what to change
 * @row: the row
 * @path: the row's path with its indexes filled in
 * @value: (nullable): the value; booleans are "yes" or "no"; %NULL: given empty
 * @error: return location for a #GError
 *
 * Sets what one path cannot say.
 */
typedef gboolean (*VySuboptSet) (VySuboptTarget *target, const VySubopt *row,
                                 const char *path, const char *value, GError **error);

/**
 * VySubopt:
 * @key: its name; "%" stands where a number may: "source.host%.name"
 * @path: where the value goes, below the device's element; "%" at the steps that the
 *   numbers choose ("source/host%/@name"); %NULL: nowhere in the XML
 * @type: how the value is read
 * @alias: (nullable): other names, separated by blanks
 * @flags: #VySuboptFlags
 * @set: (nullable): sets it in place of @path
 *
 * One sub-option.
 */
struct _VySubopt {
    const char *key;
    const char *path;
    VySuboptType type;
    const char *alias;
    unsigned flags;
    VySuboptSet set;
};

/**
 * VyPlace:
 * @path: a row's path, or its key where it has none; a path that others begin with is
 *   said of all of these, "." of the whole device
 * @since: (nullable): the release of libvirt that came with it: "1.2.8"; %NULL: that of
 *   the path around it, or one from before those were noted
 * @values: (nullable): the words that libvirt knows there, separated by blanks; one that
 *   came after 9.0 has its release behind it: "virtio@10.4.0". Others are not refused
 *
 * What libvirt knows of a place in the XML.
 */
typedef struct {
    const char *path;
    const char *since;
    const char *values;
} VyPlace;

/**
 * VyDevice:
 * @option: the option's name without dashes: "disk"
 * @help: what it is for, one line
 * @element: its element below the domain: "devices/disk"; "": the domain itself
 * @clear: (nullable): what clearxml removes where @element is "": "cpu"
 * @positional: (nullable): keys of the leading values without a key, separated by blanks
 * @signs: (nullable): first characters that stand for a key: "+force -disable"
 * @rows: arrays of sub-options, each ended by { 0 }
 * @places: (nullable): what libvirt knows of their places, ended by { 0 }
 * @finish: (nullable): called when all were set
 * @unique: the domain has at most one
 *
 * One option and its sub-options.
 */
struct _VyDevice {
    const char *option;
    const char *help;
    const char *element;
    const char *clear;
    const char *positional;
    const char *signs;
    const VySubopt *const *rows;
    const VyPlace *places;
    gboolean (*finish) (VySuboptTarget *target, GError **error);
    gboolean unique;
};

/**
 * vy_device_find:
 * @option: an option's name without dashes
 *
 * Returns: (transfer none) (nullable): its table
 * Since: 0.1
 */
VY_API const VyDevice *vy_device_find (const char *option);

/**
 * vy_device_list:
 *
 * Returns: (transfer none) (array zero-terminated=1): all tables
 * Since: 0.1
 */
VY_API const VyDevice *const *vy_device_list (void);

/**
 * vy_device_keys:
 * @device: a table
 *
 * Returns: (transfer full) (array zero-terminated=1): its sub-options in order; where a
 *   number may stand it is written "[0-9]*"
 * Since: 0.1
 */
VY_API GStrv vy_device_keys (const VyDevice *device);

/**
 * vy_device_find_row:
 * @device: a table
 * @key: a sub-option's name or alias, with its numbers if it has some
 *
 * Returns: (transfer none) (nullable): its row
 * Since: 0.1
 */
VY_API const VySubopt *vy_device_find_row (const VyDevice *device, const char *key);

/**
 * vy_subopt_get_since:
 * @device: a table
 * @row: one of its rows
 *
 * Returns: (transfer none) (nullable): the release of libvirt that came with what the row
 *   sets: "1.2.8"; %NULL for what is older than such notes, or unknown
 * Since: 0.1
 */
VY_API const char *vy_subopt_get_since (const VyDevice *device, const VySubopt *row);

/**
 * vy_subopt_list_values:
 * @device: a table
 * @row: one of its rows
 * @with_releases: whether words that came after libvirt 9.0 have their release behind
 *   them: "virtio@10.4.0"
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the words that libvirt
 *   knows as its value; %NULL where it is no choice of words
 * Since: 0.1
 */
VY_API GStrv vy_subopt_list_values (const VyDevice *device, const VySubopt *row,
                                    gboolean with_releases);

/**
 * vy_device_is_listing:
 * @text: the text of an option
 *
 * Returns: whether it asks for the list of sub-options ("help", "?")
 * Since: 0.1
 */
VY_API gboolean vy_device_is_listing (const char *text);

/**
 * vy_device_is_nothing:
 * @device: a kind of device or part of a domain
 * @text: the text of an option
 *
 * Returns: whether the option asks for nothing: the text is empty, or "none" where that
 *   is no value like others
 * Since: 0.1
 */
VY_API gboolean vy_device_is_nothing (const VyDevice *device, const char *text);

/**
 * vy_subopt_split:
 * @text: the text of an option
 * @device: its table
 * @error: return location for a #GError
 *
 * Splits a text as virt-install does: at commas outside of quotes; leading values
 * without "=" get the positional keys; values of keys that may hold commas go on until
 * the next known key.
 *
 * Returns: (transfer full) (element-type utf8): keys and values in turn, the value is
 *   %NULL where there was no "="; %NULL with %VY_ERROR_INVALID for an open quote
 * Since: 0.1
 */
VY_API GPtrArray *
vy_subopt_split (const char *text, const VyDevice *device, GError **error);

/**
 * vy_subopt_apply:
 * @target: what to change
 * @text: the text of an option
 * @error: return location for a #GError
 *
 * Applies an option's text: rows in the order of the table, clearxml first, xpathN.*
 * last. An empty value removes.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_INVALID naming option, key and value, and the
 *   nearest key for an unknown one
 * Since: 0.1
 */
VY_API gboolean vy_subopt_apply (VySuboptTarget *target, const char *text,
                                 GError **error);

/**
 * vy_device_add:
 * @host: (nullable): the host of the domain
 * @domain: a domain element
 * @device: a table
 * @text: the text of an option
 * @extra: (nullable): see #VySuboptTarget
 * @error: return location for a #GError
 *
 * Adds a device to a domain, or sets the options of the domain itself where the table has
 * no element of its own.
 *
 * Returns: (transfer none): the element; %NULL with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API xmlNode *vy_device_add (VyHost *host, xmlNode *domain, const VyDevice *device,
                               const char *text, GHashTable *extra, GError **error);

G_END_DECLS
