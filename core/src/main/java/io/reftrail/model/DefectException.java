package io.reftrail.model;

/**
 * Thrown if Reftrail itself or the Java platform is at fault, for example if a security provider lacks an algorithm. The message names
 * the defect and holds no personal data, so that it is logged, unlike the messages of other exceptions.
 */
public final class DefectException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message must be a constant text. */
    public DefectException(String message, Throwable cause) {
        super(message, cause);
    }
}
