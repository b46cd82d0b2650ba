package io.reftrail.model;

/** What may be told of a customer besides the id, which every backend needs to recognise the customer's payments. */
public enum CustomerField {
    /** The e-mail address. */
    EMAIL,
    /** The display name. */
    NAME,
    /** The address of a picture. */
    AVATAR
}
