/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A domain's definition that is being changed: where it came from, where it goes. */
#pragma once

#include <libvirt/libvirt.h>

#include "vy-xml.h"

G_BEGIN_DECLS

/**
 * VyDefinition:
 *
 * The XML of a domain, as it was and as it is now.
 */
typedef struct _VyDefinition VyDefinition;

/**
 * vy_definition_load:
 * @conn: an open connection
 * @name: name, id or UUID of a domain
 * @error: return location for a #GError
 *
 * Reads the inactive definition of a domain, with its secrets where the connection may
 * see them (virDomainGetXMLDesc()).
 *
 * Returns: (transfer full): the definition; %NULL with %VY_ERROR_NOT_FOUND
 * Since: 0.1
 */
VY_API VyDefinition *
vy_definition_load (virConnectPtr conn, const char *name, GError **error);

/**
 * vy_definition_parse:
 * @text: the XML of a domain
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a definition that no domain belongs to; %NULL with
 *   %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API VyDefinition *vy_definition_parse (const char *text, GError **error);

/**
 * vy_definition_free:
 * @definition: (transfer full): a definition
 *
 * Since: 0.1
 */
VY_API void vy_definition_free (VyDefinition *definition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VyDefinition, vy_definition_free)

/**
 * vy_definition_get_root:
 * @definition: a definition
 *
 * Returns: (transfer none): the domain element, to be changed
 * Since: 0.1
 */
VY_API xmlNode *vy_definition_get_root (VyDefinition *definition);

/**
 * vy_definition_get_domain:
 * @definition: a definition
 *
 * Returns: (transfer none) (nullable): the domain that it was loaded from
 * Since: 0.1
 */
VY_API virDomainPtr vy_definition_get_domain (VyDefinition *definition);

/**
 * vy_definition_get_name:
 * @definition: a definition
 *
 * Returns: (transfer full): the domain's name, empty when it has none
 * Since: 0.1
 */
VY_API char *vy_definition_get_name (VyDefinition *definition);

/**
 * vy_definition_get_xml:
 * @definition: a definition
 *
 * Returns: (transfer full): the XML as it is now
 * Since: 0.1
 */
VY_API char *vy_definition_get_xml (VyDefinition *definition);

/**
 * vy_definition_diff:
 * @definition: a definition
 *
 * Returns: (transfer full): what was changed, as `diff -u`; empty when nothing was
 * Since: 0.1
 */
VY_API char *vy_definition_diff (VyDefinition *definition);

/**
 * vy_definition_define:
 * @definition: a definition
 * @conn: the connection to define it on
 * @error: return location for a #GError
 *
 * Makes the XML the domain's inactive definition (virDomainDefineXML()).
 *
 * Returns: %TRUE, or %FALSE with libvirt's error
 * Since: 0.1
 */
VY_API gboolean vy_definition_define (VyDefinition *definition, virConnectPtr conn,
                                      GError **error);

/**
 * vy_definition_revert:
 * @definition: a definition that vy_definition_define() defined
 * @conn: the connection it was defined on
 * @error: return location for a #GError
 *
 * Gives the domain the inactive definition back that it had when it was loaded.
 *
 * Returns: %TRUE, or %FALSE with libvirt's error
 * Since: 0.1
 */
VY_API gboolean vy_definition_revert (VyDefinition *definition, virConnectPtr conn,
                                      GError **error);

/**
 * vy_definition_start:
 * @definition: a definition
 * @conn: the connection to start it on
 * @transient: start the XML as it is, without defining it
 * @error: return location for a #GError
 *
 * Starts the domain.
 *
 * Returns: %TRUE, or %FALSE with libvirt's error
 * Since: 0.1
 */
VY_API gboolean vy_definition_start (VyDefinition *definition, virConnectPtr conn,
                                     gboolean transient, GError **error);

/**
 * VyLiveChange:
 * @VY_LIVE_UPDATE: the device is there already (virDomainUpdateDeviceFlags())
 * @VY_LIVE_ATTACH: it is added (virDomainAttachDeviceFlags())
 * @VY_LIVE_DETACH: it is taken away (virDomainDetachDeviceFlags())
 *
 * What is done to the running domain.
 */
typedef enum { VY_LIVE_UPDATE, VY_LIVE_ATTACH, VY_LIVE_DETACH } VyLiveChange;

/**
 * vy_definition_change_live:
 * @definition: a definition that was loaded from a running domain
 * @change: what to do
 * @device: the device
 * @error: return location for a #GError
 *
 * Changes one device of the running domain.
 *
 * Returns: %TRUE, or %FALSE with %VY_ERROR_STATE (it does not run) or libvirt's error
 * Since: 0.1
 */
VY_API gboolean vy_definition_change_live (VyDefinition *definition, VyLiveChange change,
                                           xmlNode *device, GError **error);

G_END_DECLS
