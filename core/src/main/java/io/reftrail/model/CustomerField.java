package io.reftrail.model;

/** A field of a customer that is optional in reports. The id is always reported, because sales refer to it. */
public enum CustomerField {
    /** The e-mail address. */
    EMAIL,
    /** The display name. */
    NAME,
    /** The address of a picture. */
    AVATAR
}
