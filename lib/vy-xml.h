/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* XML documents: reading, and reading and writing single places by path. */
#pragma once

#include <libxml/tree.h>

#include "vy-error.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

/*
 * Paths are the part of XPath that can also be created: steps separated by "/", each an
 * element name ("driver", "qemu:commandline"), perhaps with a predicate ("host[2]", the
 * second; "channel[@name='x']"; several may follow each other), or last an attribute
 * ("@cache"). "." is the node itself. Prefixes that are known without a declaration:
 * qemu, libosinfo, lxc, bhyve, xen.
 */

/**
 * vy_xml_parse:
 * @text: an XML document
 * @what: what the text is, for the message: "domain 'web'"
 * @error: return location for a #GError
 *
 * Reads a document. Entities are not expanded and nothing is fetched.
 *
 * Returns: (transfer full): the document, or %NULL with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API xmlDoc *vy_xml_parse (const char *text, const char *what, GError **error);

/**
 * vy_xml_parse_exact:
 * @text: an XML document
 * @what: what the text is, for the message: "domain 'web'"
 * @error: return location for a #GError
 *
 * Like vy_xml_parse(), but white space between elements stays, for texts that are given
 * out again by vy_xml_to_text().
 *
 * Returns: (transfer full): the document, or %NULL with %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API xmlDoc *vy_xml_parse_exact (const char *text, const char *what, GError **error);

/**
 * vy_xml_parse_file:
 * @path: a file, "-" for standard input
 * @error: return location for a #GError
 *
 * Reads a document from a file.
 *
 * Returns: (transfer full): the document, or %NULL with %VY_ERROR_NOT_FOUND,
 *   %VY_ERROR_DENIED or %VY_ERROR_INVALID
 * Since: 0.1
 */
VY_API xmlDoc *vy_xml_parse_file (const char *path, GError **error);

/**
 * vy_xml_new:
 * @root: name of the root element
 *
 * Returns: (transfer full): a document that has only an empty root
 * Since: 0.1
 */
VY_API xmlDoc *vy_xml_new (const char *root);

/**
 * vy_xml_find:
 * @node: where the path starts
 * @path: a path to an element
 *
 * Returns: (transfer none) (nullable): the first element at @path
 * Since: 0.1
 */
VY_API xmlNode *vy_xml_find (xmlNode *node, const char *path);

/**
 * vy_xml_find_all:
 * @node: where the path starts
 * @path: a path to elements
 *
 * Returns: (transfer full) (element-type xmlNode): all elements at @path in document
 *   order; the nodes belong to the document
 * Since: 0.1
 */
VY_API GPtrArray *vy_xml_find_all (xmlNode *node, const char *path);

/**
 * vy_xml_ensure:
 * @node: where the path starts
 * @path: a path to an element
 *
 * Finds an element, and makes it and its parents where they are missing. "host[3]" makes
 * as many hosts as it takes; "a[@b='c']" makes an a with that attribute.
 *
 * Returns: (transfer none): the element
 * Since: 0.1
 */
VY_API xmlNode *vy_xml_ensure (xmlNode *node, const char *path);

/**
 * vy_xml_add:
 * @node: the parent
 * @name: name of the new child, perhaps with a known prefix
 *
 * Adds an empty child behind the last child.
 *
 * Returns: (transfer none): the child
 * Since: 0.1
 */
VY_API xmlNode *vy_xml_add (xmlNode *node, const char *name);

/**
 * vy_xml_get:
 * @node: where the path starts
 * @path: a path to an element or attribute
 *
 * Returns: (transfer full) (nullable): the text of the first match with the white space
 *   around it removed, or %NULL when there is no such place
 * Since: 0.1
 */
VY_API char *vy_xml_get (xmlNode *node, const char *path);

/**
 * vy_xml_has:
 * @node: where the path starts
 * @path: a path to an element or attribute
 *
 * Returns: whether there is such a place
 * Since: 0.1
 */
VY_API gboolean vy_xml_has (xmlNode *node, const char *path);

/**
 * vy_xml_is:
 * @node: where the path starts
 * @path: a path to an element or attribute
 * @value: (nullable): a text
 *
 * Returns: whether the text at @path equals @value; no such place equals %NULL
 * Since: 0.1
 */
VY_API gboolean vy_xml_is (xmlNode *node, const char *path, const char *value);

/**
 * vy_xml_set:
 * @node: where the path starts
 * @path: a path to an element or attribute
 * @value: (nullable): the text; %NULL removes
 *
 * Sets the text of a place, which is made if missing. %NULL removes the attribute or the
 * text, and then the element and those of its parents below @node that are left without
 * attributes and content.
 *
 * Since: 0.1
 */
VY_API void vy_xml_set (xmlNode *node, const char *path, const char *value);

/**
 * vy_xml_set_number:
 * @node: where the path starts
 * @path: a path to an element or attribute
 * @value: the number
 *
 * Sets the text of a place to a decimal number.
 *
 * Since: 0.1
 */
VY_API void vy_xml_set_number (xmlNode *node, const char *path, guint64 value);

/**
 * vy_xml_copy:
 * @node: an element
 *
 * Copies an element with all that is in it, outside of any document.
 *
 * Returns: (transfer full): the copy: give it to xmlAddChild(), or xmlFreeNode()
 * Since: 0.1
 */
VY_API xmlNode *vy_xml_copy (xmlNode *node);

/**
 * vy_xml_remove:
 * @node: (nullable): an element
 *
 * Takes an element out of its document with the white space before it, and frees it.
 *
 * Since: 0.1
 */
VY_API void vy_xml_remove (xmlNode *node);

/**
 * vy_xml_to_string:
 * @node: an element
 *
 * Writes an element without XML declaration, indented by two spaces a level, with a
 * newline at the end. Elements that hold text are written as they are.
 *
 * Returns: (transfer full): the text
 * Since: 0.1
 */
VY_API char *vy_xml_to_string (xmlNode *node);

/**
 * vy_xml_to_text:
 * @node: an element
 *
 * Writes an element as it stands in its document: white space is kept as it was read, and
 * there is no newline at the end.
 *
 * Returns: (transfer full): the text
 * Since: 0.1
 */
VY_API char *vy_xml_to_text (xmlNode *node);

/**
 * vy_xml_to_quoted:
 * @node: an element that was built, without white space between its elements
 *
 * Writes an element as libvirt writes its documents: single quotes, two spaces a level,
 * a newline at the end.
 *
 * Returns: (transfer full): the text
 * Since: 0.1
 */
VY_API char *vy_xml_to_quoted (xmlNode *node);

G_END_DECLS
