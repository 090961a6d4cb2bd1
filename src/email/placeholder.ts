/** The provider puts each reader's own address here. It must stay as it is, byte for byte. */
export const unsubscribePlaceholder = '{{{RESEND_UNSUBSCRIBE_URL}}}';
