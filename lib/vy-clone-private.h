/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of clones share. */
#pragma once

#include "vy-clone.h"
#include "vy-i18n-private.h"
#include "vy-libvirt-private.h"
#include "vy-xml.h"

typedef enum {
    CLONE_SHARE,    /* the original's image, as it is */
    CLONE_COPY,     /* an image with the same content */
    CLONE_LINK,     /* an overlay on it */
    CLONE_PRESERVE, /* an image that is there */
} CloneAction;

/* An image of the clone: of a disk, or its UEFI variables. */
typedef struct {
    xmlNode *disk; /* in the clone's document, NULL: UEFI variables */
    char *target;
    char *source; /* path of the original's image; NULL: it has none, or no path */
    char *format; /* of the source, as the domain has it */
    char *path;   /* path of the clone's */
    CloneAction action;
    gboolean source_is_volume;
    gboolean replaces; /* something lies there that is set aside */
    gboolean is_block; /* the path is a device, or a volume that is one */
} CloneImage;

struct _VyClone {
    VyHost *host;
    xmlDoc *doc;
    char *original;     /* name */
    GPtrArray *images;  /* CloneImage of all disks, then the UEFI variables */
    GPtrArray *remarks; /* ended by NULL when the clone is finished */
    gboolean nonsparse;
    gboolean reflink;
    gboolean linked;
    gboolean replace;
    guint checks;
};

/* Whether there is a volume or file at @path, as far as that can be seen from here. */
gboolean vy_clone_path_exists (VyClone *clone, const char *path);
/* A name that nobody has: @base and @suffix, a number between them where it must be. */
typedef gboolean (*VyCloneTaken) (VyClone *clone, const char *name);
char *vy_clone_free_name (VyClone *clone, const char *base, const char *separator,
                          const char *suffix, guint first, VyCloneTaken taken);

/* Decides about every disk, and about the UEFI variables. */
gboolean
vy_clone_choose_images (VyClone *clone, const VyCloneSettings *settings, GError **error);
/* Whether an image can be had at the path that was chosen. */
gboolean vy_clone_check_image (VyClone *clone, CloneImage *image, GError **error);
/* Nobody may write what is going to be a base. */
gboolean vy_clone_check_base (VyClone *clone, const CloneImage *image, GError **error);

/* Steps; their context is the connection. */
extern const VyStepKind vy_step_block_fill;     /* path, argv: the words of qemu-img */
extern const VyStepKind vy_step_domain_replace; /* name */
