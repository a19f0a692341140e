/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Seeds: small ISO images that tell cloud-init what a new guest is to be like. */
#pragma once

#include "vy-error.h"

G_BEGIN_DECLS

/**
 * VySeedSettings:
 * @name: (nullable): host name of the guest, for meta-data that is made
 * @meta_data: (nullable): file with meta-data; %NULL: made, with a new instance id
 * @user_data: (nullable): file with user-data; %NULL: made out of what follows
 * @network_config: (nullable): file with the network's configuration; %NULL: none
 * @root_password_file: (nullable): file whose first line is root's password
 * @generate_root_password: whether root gets a password that has to be changed at the
 *   first login
 * @root_ssh_key: (nullable): file whose first line is a public key for root
 * @user_ssh_key: (nullable): file whose first line is a public key for the image's own
 *   user
 * @disable: whether cloud-init is not to run again after the first boot
 *
 * What goes into a seed.
 */
typedef struct {
    const char *name;
    const char *meta_data;
    const char *user_data;
    const char *network_config;
    const char *root_password_file;
    gboolean generate_root_password;
    const char *root_ssh_key;
    const char *user_ssh_key;
    gboolean disable;
} VySeedSettings;

/**
 * VySeed:
 *
 * The documents of a seed. Passwords are in them as hashes only.
 */
typedef struct _VySeed VySeed;

/**
 * vy_seed_new:
 * @settings: what goes into it; not kept
 * @error: return location for a #GError
 *
 * Reads the files and makes the documents. Nothing is written.
 *
 * Returns: (transfer full): the seed, or %NULL with %VY_ERROR_NOT_FOUND,
 *   %VY_ERROR_DENIED, %VY_ERROR_INVALID when a file is empty or no text, or
 *   %VY_ERROR_USAGE when settings contradict each other
 * Since: 0.1
 */
VY_API VySeed *vy_seed_new (const VySeedSettings *settings, GError **error);

/**
 * vy_seed_free:
 * @seed: (nullable) (transfer full): a seed
 *
 * Since: 0.1
 */
VY_API void vy_seed_free (VySeed *seed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VySeed, vy_seed_free)

/**
 * vy_seed_get_root_password:
 * @seed: a seed
 *
 * Returns: (nullable) (transfer none): the password that was generated, to be told to
 *   the user once
 * Since: 0.1
 */
VY_API const char *vy_seed_get_root_password (const VySeed *seed);

/**
 * vy_seed_get_document:
 * @seed: a seed
 * @name: "meta-data", "user-data" or "network-config"
 *
 * Returns: (nullable) (transfer none): the text of a document; %NULL when there is none
 * Since: 0.1
 */
VY_API const char *vy_seed_get_document (const VySeed *seed, const char *name);

/**
 * vy_seed_write:
 * @seed: a seed
 * @path: file to make, readable by its owner only; %VY_ERROR_EXISTS when it is there
 * @error: return location for a #GError
 *
 * Writes the ISO image with the label that cloud-init looks for. Nothing is left of an
 * image that could not be written whole.
 *
 * Returns: %TRUE, or %FALSE with an error
 * Since: 0.1
 */
VY_API gboolean vy_seed_write (const VySeed *seed, const char *path, GError **error);

G_END_DECLS
