/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Kinds of objects: what networks, pools, interfaces, secrets, filters and devices share.
 */
#pragma once

#include "virsh.h"

/* One way to find an object. */
typedef struct {
    gboolean (*fits) (const char *name); /* (nullable): only for names of that form */
    gpointer (*find) (virConnectPtr conn, const char *name);
    gboolean only;   /* where it fits, no other way is tried */
    const char *way; /* (nullable): what messages of -d call it */
    /* (nullable): whether a name that fits can be one at all */
    gboolean (*check) (const char *name, GError **error);
} VirshLookup;

/* A command that is one call and one line. */
typedef struct {
    const char *command;
    int (*call) (gpointer object); /* either this one */
    int (*call_flags) (gpointer object, unsigned flags);
    const char *failed, *done; /* both get what was typed */
} VirshAction;

/* A command that makes an object out of a file. */
typedef struct {
    const char *command;
    gpointer (*make) (virConnectPtr conn, const char *xml, unsigned flags);
    unsigned validate;         /* the flag of --validate */
    const char *failed, *done; /* the first gets the file; the other name and file */
} VirshMaker;

typedef struct {
    int (*set) (gpointer object, int autostart);
    const char *failed[2], *done[2]; /* 0: unmarked, 1: marked; all get what was typed */
} VirshAutostart;

typedef struct {
    const char *prefix; /* of its commands */
    const char *noun;   /* (nullable): its option in messages of -d */
    VirshLookup by[2];
    /* (nullable): commands that take the second way only, ended by NULL */
    const char *const *second_only;
    const char *not_found;                 /* gets what was typed */
    const char *(*name) (gpointer object); /* NULL: the UUID is its name */
    int (*uuid) (gpointer object, char *buffer);
    int (*release) (gpointer object);
    int (*list) (virConnectPtr conn, gpointer **objects, unsigned flags);
    const char *list_failed;
    /* (nullable): daemons before 0.10.2 count, and give names for the last of .by */
    int (*count) (virConnectPtr conn);
    int (*list_names) (virConnectPtr conn, char **names, int n);
    char *(*xml) (gpointer object, unsigned flags);
    unsigned inactive;          /* the flag of --inactive, and of what is edited */
    gboolean inactive_optional; /* edit what runs where the driver lacks the flag */
    VirshAutostart autostart;
    const VirshAction *actions; /* each ended by { 0 } */
    const VirshMaker *makers;
    VirshMaker edit; /* .done gets the name, .unchanged too */
    const char *unchanged;
} VirshKind;

/* Functions of libvirt in a kind: they differ in the type of the pointer only. */
#define VIRSH_FIND(function) ((gpointer (*) (virConnectPtr, const char *)) (function))
#define VIRSH_CALL(function) ((int (*) (gpointer)) (function))
#define VIRSH_CALL_FLAGS(function) ((int (*) (gpointer, unsigned)) (function))
#define VIRSH_CALL_INT(function) ((int (*) (gpointer, int)) (function))
#define VIRSH_CALL_TEXT(function) ((int (*) (gpointer, char *)) (function))
#define VIRSH_GET_NAME(function) ((const char *(*) (gpointer)) (function))
#define VIRSH_GET_XML(function) ((char *(*) (gpointer, unsigned) ) (function))
#define VIRSH_MAKE(function)                                                             \
    ((gpointer (*) (virConnectPtr, const char *, unsigned)) (function))
#define VIRSH_LIST(function) ((int (*) (virConnectPtr, gpointer **, unsigned)) (function))

extern const VirshKind virsh_network_kind;
extern const VirshKind virsh_pool_kind;
extern const VirshKind virsh_interface_kind;
extern const VirshKind virsh_nwfilter_kind;
extern const VirshKind virsh_nwfilter_binding_kind;
extern const VirshKind virsh_nodedev_kind;
extern const VirshKind virsh_secret_kind;

/* What the runners below read; a command with more options has it as its first field. */
typedef struct {
    char *object, *file, *xpath;
    gboolean disable, validate, inactive, wrap;
} VirshObjectArgs;

#define VIRSH_OBJECT(key, meta, text, completer)                                         \
    VIRSH_NAME (VirshObjectArgs, object, key, meta, text, completer)
#define VIRSH_OBJECT_DISABLE                                                             \
    VIRSH_FLAG (VirshObjectArgs, disable, "disable", "no longer start it at boot")
#define VIRSH_OBJECT_INACTIVE                                                            \
    VIRSH_FLAG (VirshObjectArgs, inactive, "inactive",                                   \
                "the definition rather than what runs")
#define VIRSH_OBJECT_XPATH                                                               \
    VIRSH_OPTION (VirshObjectArgs, xpath, "xpath", "XPATH",                              \
                  "print only what this finds"),                                         \
        VIRSH_FLAG (VirshObjectArgs, wrap, "wrap",                                       \
                    "put the results into one root element")
/* FILE and --validate */
extern const CliOption virsh_object_file_options[];

#define VIRSH_OBJECT_COMMAND(name, help, options, run)                                   \
    {                                                                                    \
        name, help, options, sizeof (VirshObjectArgs), run                               \
    }

/* Commands of every kind; which one, their name says. */
gboolean virsh_object_call (Cli *cli, gpointer args, GError **error);
gboolean virsh_object_autostart (Cli *cli, gpointer args, GError **error);
gboolean virsh_object_make (Cli *cli, gpointer args, GError **error);
gboolean virsh_object_dumpxml (Cli *cli, gpointer args, GError **error);
gboolean virsh_object_edit (Cli *cli, gpointer args, GError **error);
/* They translate: name takes only the first way of the kind, uuid only the second. */
gboolean virsh_object_name (Cli *cli, gpointer args, GError **error);
gboolean virsh_object_uuid (Cli *cli, gpointer args, GError **error);

/* The object of that name (owned: kind->release), or NULL. */
gpointer virsh_object (Cli *cli, const VirshKind *kind, const char *name, GError **error);
/* The same, but found by the one way of the kind's only. */
gpointer virsh_object_by (Cli *cli, const VirshKind *kind, const char *name, gsize way,
                          GError **error);
/* The steps of virsh_object_make(), for a command with flags of its own. */
gboolean virsh_object_make_from (Cli *cli, const VirshKind *kind, const char *file,
                                 unsigned flags, GError **error);
/* (transfer full) */
char *virsh_object_get_name (const VirshKind *kind, gpointer object);
gboolean virsh_is_uuid (const char *name);

/* A row for each object of the list, sorted; the rows go with @row_free. */
GPtrArray *virsh_object_rows (Cli *cli, const VirshKind *kind, unsigned flags,
                              gpointer (*row) (gpointer object), GDestroyNotify row_free,
                              GCompareFunc compare, GError **error);
/* A field that is TRUE in the rows of objects which a filter of the list lets through. */
typedef struct {
    unsigned filter;
    gsize offset; /* of a gboolean in the row, whose first field is the object's name */
} VirshMark;
/* One call for each of @marks (ended by { 0 }), rather than one for each object. */
void virsh_object_mark (Cli *cli, const VirshKind *kind, GPtrArray *rows,
                        const VirshMark *marks);
/* Names that begin with @typed, for completers. */
GStrv virsh_object_names (Cli *cli, const VirshKind *kind, const char *typed);
