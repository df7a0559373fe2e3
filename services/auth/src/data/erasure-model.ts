import { Schema, type Connection, type Types } from 'mongoose';

export type ErasureDocument = {
  /** The deleted user. */
  _id: Types.ObjectId;
  requested_at: Date;
  /** Who has reported that nothing is left. */
  services: { service: string; at: Date }[];
};

const erasureSchema = new Schema<ErasureDocument>(
  {
    requested_at: { type: Date, required: true },
    services: [{ _id: false, service: { type: String, required: true }, at: { type: Date, required: true } }],
  },
  { versionKey: false },
);

export const erasureModel = (db: Connection) => db.model<ErasureDocument>('Erasure', erasureSchema, 'erasures');
